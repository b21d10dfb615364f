using Custody.Core.Assets;

namespace Custody.Functions.Composition;

/// <summary>The app's settings, all read and checked before anything starts; docs/settings.md explains each.</summary>
/// <param name="PipelineStorage">The pipeline's storage account.</param>
/// <param name="JournalStorage">The journals' storage account.</param>
/// <param name="TrustRoot">Digest of governance version 1's governors and quorum, hex.</param>
/// <param name="WitnessFolder">Where journal heads are witnessed, outside both accounts.</param>
/// <param name="Audience">The audience of call tokens.</param>
/// <param name="PublicUrl">The base of links.</param>
/// <param name="Chains">The nodes, by chain.</param>
/// <param name="Vaults">The devices, by vault.</param>
/// <param name="Comparison">The device of the comparison key.</param>
/// <param name="Telemetry">Where traces and metrics go.</param>
/// <param name="DuressOpeningsFile">The file that opens the devices' duress commitments; null: none, and what carries commitments is not signed.</param>
public sealed record CustodySettings(
    StorageSetting PipelineStorage,
    StorageSetting JournalStorage,
    string TrustRoot,
    string WitnessFolder,
    string Audience,
    Uri PublicUrl,
    IReadOnlyDictionary<ChainId, Uri> Chains,
    IReadOnlyDictionary<string, TokenSetting> Vaults,
    TokenSetting Comparison,
    TelemetrySetting Telemetry,
    string? DuressOpeningsFile = null);

/// <summary>A storage account: a connection string, or service URIs used with the app's identity.</summary>
/// <param name="ConnectionString">The connection string; null with URIs.</param>
/// <param name="TableUri">The table service.</param>
/// <param name="BlobUri">The blob service.</param>
public sealed record StorageSetting(string? ConnectionString, Uri? TableUri, Uri? BlobUri)
{
    /// <summary>A connection string holds a key, so it is not shown.</summary>
    public override string ToString() => ConnectionString is null ? $"{TableUri} {BlobUri}" : "connection string";
}

/// <summary>A PKCS#11 token.</summary>
/// <param name="Module">The module's path.</param>
/// <param name="TokenLabel">The token's label.</param>
/// <param name="PinFile">The file that holds the user PIN.</param>
/// <param name="KeyId">The key, where the setting is about one.</param>
public sealed record TokenSetting(string Module, string TokenLabel, string PinFile, string? KeyId = null);

/// <summary>Where traces and metrics go.</summary>
/// <param name="Exporter">none, console or otlp.</param>
/// <param name="OtlpEndpoint">The collector, for otlp.</param>
public sealed record TelemetrySetting(string Exporter, Uri? OtlpEndpoint);
