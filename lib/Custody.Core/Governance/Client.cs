using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>An exchange.</summary>
/// <param name="Id">The client's id.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Keys">The keys that sign its requests, customer records and whitelist proposals.</param>
/// <param name="Suspended">True while nothing of the client's may be paid.</param>
public sealed record Client(string Id, string Name, IReadOnlyList<RegisteredKey> Keys, bool? Suspended = null)
{
    /// <summary>Whether somebody is the client, or is registered as holding one of its keys.</summary>
    public bool Is(string person) => Id == person || Keys.Any(k => k.Terms?.Person == person);
}
