using System.Globalization;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;

namespace Custody.Cli.Initialisation;

/// <summary>The function app's settings. Their names are the contract with the app (docs/settings.md).</summary>
internal static class SystemSettings
{
    public const string FileName = "settings.json";
    public const string WitnessFolder = "witness";
    public const string OpeningsFile = "duress-openings.json";
    private const string EverySecond = "* * * * * *";
    private const string EveryTenSeconds = "*/10 * * * * *";

    public static IReadOnlyDictionary<string, string> Of(InitialisationPlan plan, SystemDraft draft, CustodyHome home)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = plan.Storage.Pipeline,
            ["Custody__Storage__Pipeline"] = plan.Storage.Pipeline,
            ["Custody__Storage__Journals"] = plan.Storage.Journals,
            ["Custody__TrustRoot"] = draft.TrustRoot,
            ["Custody__WitnessFolder"] = home.Of(WitnessFolder),
            ["Custody__Api__Audience"] = plan.Api.Audience,
            ["Custody__Api__PublicUrl"] = plan.Api.Url,
            ["Custody__Duress__OpeningsFile"] = home.Of(OpeningsFile),
            ["Custody__Schedules__Watch"] = EverySecond,
            ["Custody__Schedules__Sweep"] = EveryTenSeconds,
        };
        foreach (var (index, chain) in plan.Chains.Index())
        {
            settings[Name("Chains", index, "Id")] = chain.Id.ToString();
            settings[Name("Chains", index, "Endpoint")] = chain.Endpoint;
        }

        foreach (var (index, vault) in plan.Vaults.Index())
        {
            settings[Name("Vaults", index, "Id")] = vault.Id;
            if (vault.Key?.ManagedHsm() is { } hsm)
            {
                settings[Name("Vaults", index, "ManagedHsm")] = hsm.GetLeftPart(UriPartial.Authority);
            }
            else
            {
                AddToken(settings, $"Custody__Vaults__{index.ToString(CultureInfo.InvariantCulture)}", plan, vault.Key, PlanRules.VaultLabel(plan, vault), home);
            }
        }

        settings["Custody__Comparison__KeyId"] = draft.Governance.ComparisonKey.KeyId;
        if (plan.ComparisonKey?.ManagedHsm() is not null)
        {
            settings["Custody__Comparison__ManagedHsmKey"] = plan.ComparisonKey.ManagedHsmKey!;
        }
        else
        {
            AddToken(settings, "Custody__Comparison", plan, plan.ComparisonKey, PlanRules.SenderLabel(plan), home);
        }

        return settings;
    }

    private static void AddToken(
        Dictionary<string, string> settings, string prefix, InitialisationPlan plan, TokenKeyPlan? existing, string madeLabel, CustodyHome home)
    {
        settings[$"{prefix}__Module"] = plan.Pkcs11.Module;
        settings[$"{prefix}__TokenLabel"] = existing?.TokenLabel ?? madeLabel;
        settings[$"{prefix}__PinFile"] = existing?.PinFile ?? home.Of(TokenKeys.PinFile(madeLabel));
    }

    private static string Name(string group, int index, string member) => $"Custody__{group}__{index.ToString(CultureInfo.InvariantCulture)}__{member}";
}
