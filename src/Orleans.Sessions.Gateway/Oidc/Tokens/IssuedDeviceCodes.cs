namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The codes for one device.</summary>
/// <param name="DeviceCode">The code that the device keeps.</param>
/// <param name="UserCode">The code that the person types.</param>
internal sealed record IssuedDeviceCodes(string DeviceCode, string UserCode);
