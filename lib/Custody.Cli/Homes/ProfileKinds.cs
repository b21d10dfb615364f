namespace Custody.Cli.Homes;

/// <summary>Kinds of profiles that go together.</summary>
internal static class ProfileKinds
{
    /// <summary>Everybody who may call the API.</summary>
    public static IReadOnlyList<ProfileKind> All { get; } = [ProfileKind.Client, ProfileKind.Approver, ProfileKind.Operator, ProfileKind.Governor];
}
