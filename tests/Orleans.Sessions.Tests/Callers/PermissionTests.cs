using System.Numerics;

namespace Orleans.Sessions.Tests.Callers;

/// <summary>Permissions are bits of one number, and a caller has those of all roles together.</summary>
public sealed class PermissionTests
{
    [Fact]
    public void Each_permission_is_one_bit_of_its_own()
    {
        var bits = Enum.GetValuesAsUnderlyingType<Permission>().Cast<int>().Where(bit => bit != 0).ToList();
        Assert.All(bits, bit => Assert.Equal(1, BitOperations.PopCount((uint)bit)));
        Assert.Equal(Enum.GetNames<Permission>().Length - 1, bits.Distinct().Count());
    }
}
