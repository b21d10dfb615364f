namespace Custody.Cli.Initialisation.Plan;

/// <summary>Where the parts of the demonstration are on this machine.</summary>
public sealed record LocalPlaces
{
    private const string LocalKey = "Y3VzdG9keS1sb2NhbC1zdG9yYWdlLWtleS1ub3QtYS1zZWNyZXQtMDEyMzQ1Njc4OWFiY2RlZg==";

    /// <summary>The function app.</summary>
    public string ApiUrl { get; init; } = "http://127.0.0.1:7071";

    /// <summary>The chain's node.</summary>
    public string Node { get; init; } = "http://127.0.0.1:8545";

    /// <summary>The pipeline's account.</summary>
    public string PipelineStorage { get; init; } = Azurite("custodypipeline");

    /// <summary>The journals' account.</summary>
    public string JournalStorage { get; init; } = Azurite("custodyjournals");

    /// <summary>The PKCS#11 module: SoftHSM, where Debian puts it.</summary>
    public string Module { get; init; } = "/usr/lib/softhsm/libsofthsm2.so";

    /// <summary>Before each new token's label.</summary>
    public string TokenPrefix { get; init; } = "custody";

    // A made-up key of a local Azurite, which AZURITE_ACCOUNTS must name too; it guards nothing.
    private static string Azurite(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={LocalKey};BlobEndpoint=http://127.0.0.1:10000/{account};" +
        $"QueueEndpoint=http://127.0.0.1:10001/{account};TableEndpoint=http://127.0.0.1:10002/{account};";
}
