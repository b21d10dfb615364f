using Custody.Core.Assets;
using Custody.Functions.Roles;

namespace Custody.Functions.Composition;

/// <summary>The app's settings, all read and checked before anything starts; docs/settings.md explains each.</summary>
/// <param name="PipelineStorage">The pipeline's storage account.</param>
/// <param name="JournalStorage">The journals' storage account.</param>
/// <param name="TrustRoot">Digest of governance version 1's governors and quorum, hex.</param>
/// <param name="WitnessFolder">Where journal heads are witnessed, outside both accounts.</param>
/// <param name="Audience">The audience of call tokens.</param>
/// <param name="PublicUrl">The base of links.</param>
/// <param name="Chains">The providers, by chain: one, or several that must agree.</param>
/// <param name="Vaults">The devices, by vault; none in a role that holds none.</param>
/// <param name="Comparison">The device of the comparison key; null in a role that does not hold it.</param>
/// <param name="Telemetry">Where traces and metrics go.</param>
/// <param name="ClientAddressHeader">The header in which the proxy in front says where a call comes from; null: the connection says it.</param>
/// <param name="Screening">The screening provider; null when there is none, and then where governance wants one nothing passes.</param>
/// <param name="DuressOpeningsFile">The file that opens the devices' duress commitments; null: none, and what carries commitments is not signed.</param>
/// <param name="RestoreStatementFile">The governors' statement that lets a restored store start; null: none, and a restored store does not start.</param>
/// <param name="Split">The one role that this process holds; null: it holds all three.</param>
/// <param name="AlertStorage">How a role that writes nothing else of the pipeline's account reaches the alerts there; null: as the rest of it.</param>
/// <param name="SilenceMinutes">For how long a device or a node may be silent before what waits for it is held.</param>
public sealed record CustodySettings(
    StorageSetting PipelineStorage,
    StorageSetting JournalStorage,
    string TrustRoot,
    string WitnessFolder,
    string Audience,
    Uri PublicUrl,
    IReadOnlyDictionary<ChainId, IReadOnlyList<ProviderSetting>> Chains,
    IReadOnlyDictionary<string, TokenSetting> Vaults,
    TokenSetting? Comparison,
    TelemetrySetting Telemetry,
    string? ClientAddressHeader = null,
    ScreeningSetting? Screening = null,
    string? DuressOpeningsFile = null,
    string? RestoreStatementFile = null,
    RoleSetting? Split = null,
    StorageSetting? AlertStorage = null,
    int SilenceMinutes = Withdrawals.SilenceTerms.DefaultMinutes)
{
    /// <summary>What this process is for.</summary>
    public CustodyRole Role => Split?.Role ?? CustodyRole.All;
}

/// <summary>A provider of a chain.</summary>
/// <param name="Name">What logs and alerts call it.</param>
/// <param name="Endpoint">Its node.</param>
public sealed record ProviderSetting(string Name, Uri Endpoint)
{
    /// <summary>The URL may carry a provider's key, so it is not shown.</summary>
    public override string ToString() => $"{Name}@{Endpoint.Authority}";
}

/// <summary>The screening provider.</summary>
/// <param name="Endpoint">Where it is asked.</param>
/// <param name="Key">What it knows us by.</param>
public sealed record ScreeningSetting(Uri Endpoint, string Key)
{
    /// <summary>The key is a secret, so it is not shown.</summary>
    public override string ToString() => $"{Endpoint}";
}

/// <summary>A storage account: a connection string, or service URIs used with the app's identity.</summary>
/// <param name="ConnectionString">The connection string; null with URIs.</param>
/// <param name="TableUri">The table service.</param>
/// <param name="BlobUri">The blob service.</param>
public sealed record StorageSetting(string? ConnectionString, Uri? TableUri, Uri? BlobUri)
{
    /// <summary>A connection string holds a key, so it is not shown.</summary>
    public override string ToString() => ConnectionString is null ? $"{TableUri} {BlobUri}" : "connection string";
}

/// <summary>The device of a key: a PKCS#11 token, or a Managed HSM.</summary>
/// <param name="Module">The module's path; empty with a Managed HSM.</param>
/// <param name="TokenLabel">The token's label; empty with a Managed HSM, or where the serial number alone names the token.</param>
/// <param name="PinFile">The file that holds the user PIN; empty with a Managed HSM, or with a PIN.</param>
/// <param name="KeyId">The key, where the setting is about one.</param>
/// <param name="ManagedHsm">The Managed HSM, reached with the app's identity; null: it is a token.</param>
/// <param name="ManagedHsmKey">The key's identifier there, with its version, where the setting is about one.</param>
/// <param name="Pin">The user PIN, where the platform brings it; null: it is in the file.</param>
/// <param name="TokenSerial">The token's serial number; with a label, both must match. Null: the label alone names it.</param>
public sealed record TokenSetting(
    string Module, string TokenLabel, string PinFile, string? KeyId = null, Uri? ManagedHsm = null, string? ManagedHsmKey = null, string? Pin = null, string? TokenSerial = null)
{
    /// <summary>How settings name the token: its label, its serial number, or both.</summary>
    public string Token => string.Join('#', new[] { TokenLabel, TokenSerial }.Where(n => !string.IsNullOrEmpty(n)));

    /// <summary>The PIN is a secret, so it is not shown.</summary>
    public override string ToString() => ManagedHsm is { } hsm ? $"{KeyId} {hsm}" : $"{KeyId} {Module} {Token} {(Pin is null ? PinFile : "PIN")}";
}

/// <summary>Where traces and metrics go.</summary>
/// <param name="Exporter">none, console or otlp.</param>
/// <param name="OtlpEndpoint">The collector, for otlp.</param>
public sealed record TelemetrySetting(string Exporter, Uri? OtlpEndpoint);
