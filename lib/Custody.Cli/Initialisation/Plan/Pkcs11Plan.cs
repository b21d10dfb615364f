namespace Custody.Cli.Initialisation.Plan;

/// <summary>Where keys are generated.</summary>
/// <param name="Module">The module's absolute path.</param>
/// <param name="TokenPrefix">New tokens are labelled with it, a hyphen, and the device, vault or <c>sender</c>; at most 32 bytes in all.</param>
public sealed record Pkcs11Plan(string Module, string TokenPrefix);
