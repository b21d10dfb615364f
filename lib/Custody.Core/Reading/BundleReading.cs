using Custody.Core.Results;

namespace Custody.Core.Reading;

/// <summary>The outcome of verifying a bundle.</summary>
public abstract record BundleReading
{
    private BundleReading()
    {
    }

    /// <summary>Every fact holds.</summary>
    public sealed record Verified(VerifiedBundle Bundle) : BundleReading;

    /// <summary>Every fact of what was ordered about a signed payment holds.</summary>
    public sealed record VerifiedAmendment(Reading.VerifiedAmendment Amendment) : BundleReading;

    /// <summary>One does not; nothing may be signed.</summary>
    public sealed record Refused(BundleFact Fact, RefusalCode Code, string Detail) : BundleReading;
}
