namespace Custody.Core.Policy;

/// <summary>How many distinct people must approve, and from how many sites.</summary>
/// <param name="Min">Distinct people; at least 1 (nothing is approved by nobody), 0 only with <paramref name="Automatic"/>.</param>
/// <param name="MinSites">Distinct sites among them; at least 1, 0 only with <paramref name="Automatic"/>.</param>
/// <param name="Roles">Only approvers of these roles count; absent: all.</param>
/// <param name="Groups">Places by role, all to be filled besides; absent: none.</param>
/// <param name="Automatic">
/// True says in so many words that nobody's approval is needed; the gate then enforces the <see cref="LimitScope.Automatic"/>
/// window. Without it a quorum of nobody is never reached.
/// </param>
/// <param name="WebAuthn">True where votes by WebAuthn count, beside at least one of a device that verified the bundle; absent: they do not.</param>
public sealed record Quorum(
    int Min, int MinSites, IReadOnlyList<string>? Roles, IReadOnlyList<ApprovalGroup>? Groups = null, bool? Automatic = null, bool? WebAuthn = null)
{
    /// <summary>True when the rule says explicitly that no vote is needed, and nothing else asks for one.</summary>
    public bool IsAutomatic() => Automatic == true && Min == 0 && MinSites == 0 && Groups is null && Roles is null;
}
