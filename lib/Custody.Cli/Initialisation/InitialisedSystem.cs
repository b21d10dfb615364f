using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Cli.Initialisation;

/// <summary>A system that was just set up, with every key that was made still open.</summary>
public sealed class InitialisedSystem : IAsyncDisposable
{
    private readonly SystemDraft _draft;
    private readonly IAsyncDisposable _keys;

    internal InitialisedSystem(
        InitialisationPlan plan, string home, SystemDraft draft, IAsyncDisposable keys,
        IReadOnlyDictionary<string, Profile> profiles, IReadOnlyDictionary<string, string> settings)
    {
        (Plan, Home, _draft, _keys) = (plan, home, draft, keys);
        (Profiles, Settings) = (profiles, settings);
    }

    /// <summary>The plan.</summary>
    public InitialisationPlan Plan { get; }

    /// <summary>The folder of profiles, keys, PINs, witness and settings.</summary>
    public string Home { get; }

    /// <summary>The trust root, hex.</summary>
    public string TrustRoot => _draft.TrustRoot;

    /// <summary>The governance document in force.</summary>
    public GovernanceDocument Governance => _draft.Governance;

    /// <summary>The same with its signatures.</summary>
    public SignedDocument SignedGovernance => _draft.SignedGovernance;

    /// <summary>The profiles by name.</summary>
    public IReadOnlyDictionary<string, Profile> Profiles { get; }

    /// <summary>The function app's settings, flat.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The key of a governor, client or operator by id, or of an approver's device; throws when it is not at hand.</summary>
    public IDocumentSigner Signer(string id) => _draft.Keys.TryGetValue(id, out var key) && key.Signer is { } signer
        ? signer
        : throw new KeyNotFoundException($"The key of '{id}' is not at hand; there are {string.Join(", ", _draft.Keys.Keys)}.");

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _keys.DisposeAsync();
}
