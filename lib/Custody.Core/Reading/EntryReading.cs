using Custody.Core.Results;

namespace Custody.Core.Reading;

/// <summary>The outcome of verifying a whitelist entry's bundle.</summary>
public abstract record EntryReading
{
    private EntryReading()
    {
    }

    /// <summary>Every fact holds.</summary>
    public sealed record Verified(VerifiedEntry Entry) : EntryReading;

    /// <summary>One does not; nothing may be signed.</summary>
    public sealed record Refused(BundleFact Fact, RefusalCode Code, string Detail) : EntryReading;
}
