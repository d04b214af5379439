using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Sessions;

/// <summary>Binds sections of the configuration.</summary>
internal static class CheckedOptions
{
    /// <summary>
    /// Binds a section to a class whose rules are in its attributes and its <c>Validate</c>. A value that breaks a rule ends the start.
    /// </summary>
    public static void AddCheckedOptions<T>(this IServiceCollection services, IConfigurationSection section)
        where T : class => services.AddOptions<T>().Bind(section).ValidateDataAnnotations().ValidateOnStart();

    /// <summary>The same for a section that is a list.</summary>
    public static void AddCheckedList<T, TEntry>(
        this IServiceCollection services,
        IConfigurationSection section,
        Func<T, IList<TEntry>> entries
    )
        where T : class =>
        services.AddOptions<T>().Configure(options => section.Bind(entries(options))).ValidateDataAnnotations().ValidateOnStart();
}
