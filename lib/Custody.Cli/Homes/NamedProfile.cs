namespace Custody.Cli.Homes;

/// <summary>A profile and the name of its file.</summary>
internal sealed record NamedProfile(string Name, Profile Profile);
