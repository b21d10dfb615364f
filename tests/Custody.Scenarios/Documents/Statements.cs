using System.Globalization;
using System.Text.Json.Nodes;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Screening;
using Custody.Core.Withdrawals;
using Custody.Scenarios.Systems;
using Custody.Testing;

namespace Custody.Scenarios.Documents;

/// <summary>The usual statements of the people of a script, with the script's own members over them, signed.</summary>
internal sealed class Statements(World world)
{
    private const byte UserVerified = 0x04;

    public async Task<string> VoteAsync(string withdrawal, string decision, string who, JsonObject? own, SignOptions? sign, AuthenticatorOptions? webAuthn, CancellationToken cancellation)
    {
        var state = await StateAsync(withdrawal, cancellation);
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["withdrawalId"] = state.Id,
            ["intentDigest"] = state.IntentDigest ?? throw new ScenarioException($"'{withdrawal}' has no intent to vote on; it is {state.Status} ({state.Reason})"),
            ["attempt"] = state.Attempt,
            ["decision"] = decision,
            ["approverId"] = who,
            ["deviceId"] = world.People.Device(who) ?? throw new ScenarioException($"'{who}' is no approver"),
            ["policyVersion"] = await PolicyVersionAsync(withdrawal, cancellation),
        });
        if (decision == "reject")
        {
            usual["reason"] = "Not as agreed.";
        }

        if (webAuthn is not null)
        {
            usual["deviceId"] = People.AuthenticatorDevice(who);
            return world.Authenticator(who).Vote(CanonicalJson.Canonicalize(Merge.Over(usual, own)), new AuthenticatorAnswer
            {
                Counter = webAuthn.Counter,
                Origin = webAuthn.Origin,
                RelyingParty = webAuthn.RelyingParty,
                WithoutFlags = (byte)(webAuthn.Unverified ? UserVerified : 0),
            });
        }

        return await SignAsync(who, "custody-approval+jws", Merge.Over(usual, own), sign, cancellation);
    }

    // As the stored intent says it; a script that damages intents votes under the first version.
    private async Task<int> PolicyVersionAsync(string withdrawal, CancellationToken cancellation)
    {
        var file = await world.FileAsync(withdrawal, cancellation);
        try
        {
            return file?.Find(CaseDocuments.Intent(file.State.Attempt)) is { } intent ? (int)JsonNode.Parse(intent.Content.Span)!["policyVersion"]! : 1;
        }
        catch (System.Text.Json.JsonException)
        {
            return 1;
        }
    }

    public async Task<string> VetoAsync(string digest, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["governanceVersion"] = (await StopLines.ReadAsync(world.Storage, cancellation)).GovernanceVersion + 1,
            ["governanceDigest"] = digest,
            ["governorId"] = who,
            ["reason"] = "Not as agreed.",
        });
        return await SignAsync(who, "custody-governance-veto+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public async Task<string> CancellationAsync(string withdrawal, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = new JsonObject
        {
            ["version"] = 1,
            ["withdrawalId"] = world.Id(withdrawal),
            ["clientId"] = who,
            ["reason"] = "The customer changed their mind.",
            ["signedAt"] = At(TimeSpan.Zero),
        };
        return await SignAsync(who, "custody-cancellation+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public async Task<string> ResolutionAsync(string withdrawal, string action, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var state = await StateAsync(withdrawal, cancellation);
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["withdrawalId"] = state.Id,
            ["attempt"] = state.Attempt,
            ["hold"] = state.Hold,
            ["action"] = action,
            ["operatorId"] = who,
            ["reason"] = "Looked at by two people.",
        });
        return await SignAsync(who, "custody-resolution+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public Task<string> FreezeAsync(string scope, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject { ["version"] = 1, ["scope"] = scope, ["operatorId"] = who, ["reason"] = "Something is wrong." });
        return SignAsync(who, "custody-freeze+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public async Task<string> ThawAsync(string scope, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["scope"] = scope,
            ["freezeSequence"] = await FreezeLineAsync(scope, cancellation),
            ["operatorId"] = who,
            ["reason"] = "Nothing is wrong.",
        });
        return await SignAsync(who, "custody-thaw+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public Task<string> GapFillAsync(int nonce, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["kind"] = "gapFill",
            ["vaultId"] = world.Vault.Id,
            ["chain"] = world.Vault.Chain.ToString(),
            ["account"] = world.VaultAddress,
            ["nonce"] = nonce,
            ["maxTotal"] = "4200000000000000",
            ["maxRate"] = "200000000000",
            ["operatorId"] = who,
            ["reason"] = "Later payments wait.",
        });
        return SignAsync(who, "custody-maintenance+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public Task<string> RewindAsync(JsonObject order, string who, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["chain"] = world.Vault.Chain.ToString(),
            ["operatorId"] = who,
            ["reason"] = "The nodes agree on the new branch.",
        });
        return SignAsync(who, "custody-rewind+jws", Merge.Over(usual, order), sign, cancellation);
    }

    public async Task<string> FeeBumpAsync(string withdrawal, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var state = await StateAsync(withdrawal, cancellation);
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["withdrawalId"] = state.Id,
            ["attempt"] = state.Attempt,
            ["parentDigest"] = state.IntentDigest,
            ["maxTotal"] = "42000000000000000",
            ["maxRate"] = "2000000000000",
            ["operatorId"] = who,
            ["reason"] = "The chain asks for more.",
        });
        usual["expiresAt"] = At(TimeSpan.FromHours(1));
        return await SignAsync(who, "custody-fee-bump+jws", Merge.Over(usual, own), sign, cancellation);
    }

    /// <summary>A vote on the newest amendment of the withdrawal's attempt.</summary>
    public async Task<string> AmendmentVoteAsync(string withdrawal, string decision, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var file = await world.FileAsync(withdrawal, cancellation) ?? throw new ScenarioException($"the withdrawal '{withdrawal}' was not accepted");
        var intent = Core.Amendments.Amendment.Of(file, file.State.Attempt) is [.., { Intent: { } newest }]
            ? newest
            : throw new ScenarioException($"nothing was ordered about '{withdrawal}'");
        var amended = new JsonObject { ["intentDigest"] = intent.Digest(), ["attempt"] = intent.Attempt };
        return await VoteAsync(withdrawal, decision, who, own is null ? amended : Merge.Over(amended, own), sign, null, cancellation);
    }

    public Task<string> GasFundingAsync(string amount, string who, JsonObject? own, JsonObject? funding, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["kind"] = "gasFunding",
            ["vaultId"] = world.Vault.Id,
            ["chain"] = world.Vault.Chain.ToString(),
            ["account"] = world.VaultAddress,
            ["maxTotal"] = "4200000000000000",
            ["maxRate"] = "200000000000",
            ["operatorId"] = who,
            ["reason"] = "Its tokens wait.",
            ["funding"] = Merge.Over(
                new JsonObject { ["vaultId"] = World.SecondVault, ["account"] = world.AddressOf(World.SecondVault), ["amount"] = amount, ["reference"] = "first" }, funding),
        });
        return SignAsync(who, "custody-maintenance+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public Task<string> PriceAsync(string value, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = new JsonObject
        {
            ["version"] = 1,
            ["asset"] = "eip155:31337/slip44:60",
            ["currency"] = "USD",
            ["value"] = value,
            ["scale"] = 2,
            ["asOf"] = At(TimeSpan.Zero),
        };
        return SignAsync(who, "custody-price+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public async Task<string> WhitelistAsync(KnownEntry entry, string action, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["entryId"] = entry.Id,
            ["entryDigest"] = entry.Digest,
            ["action"] = action,
            ["actorId"] = who,
            ["reason"] = "Asked on a known number.",
        });
        if (world.People.Device(who) is { } device)
        {
            usual["deviceId"] = device;
        }

        if (action == "reinstate")
        {
            usual["suspensionSequence"] = (await StopLines.ReadAsync(world.Storage, cancellation)).StandingOf(entry.Id).Suspension?.Sequence
                ?? throw new ScenarioException($"'{entry.Id}' is not suspended");
        }

        return await SignAsync(who, "custody-whitelist-statement+jws", Merge.Over(usual, own), sign, cancellation);
    }

    /// <summary>For the hit that the API tells.</summary>
    public async Task<string> ScreeningReleaseAsync(string withdrawal, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var state = await StateAsync(withdrawal, cancellation);
        var told = await world.Api.SendAsync(HttpMethod.Get, $"withdrawals/{state.Id}/screening", "olivia", null, null, null, null, cancellation);
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["withdrawalId"] = state.Id,
            ["attempt"] = state.Attempt,
            ["hitDigest"] = told["hitDigest"] ?? new string('0', 64),
            ["operatorId"] = who,
            ["reason"] = "A false positive, looked at by two people.",
        });
        return await SignAsync(who, "custody-screening-release+jws", Merge.Over(usual, own), sign, cancellation);
    }

    /// <summary>The same file, whoever signs it.</summary>
    public Task<string> SanctionsListAsync(IReadOnlyList<string> addresses, string who, JsonObject? own, SignOptions? sign)
    {
        var list = new SanctionsList(
            1, "local", world.SanctionsPublishedAt, new string('a', 64), 1_000,
            SanctionsList.Order(addresses.Select(a => new SanctionsEntry(SanctionedAddress.Canonical(a) ?? a, "ETH", "4711", "Somebody Listed"))));
        var usual = (JsonObject)JsonNode.Parse(CanonicalJson.Serialize(list))!;
        return SignAsync(who, "custody-sanctions-list+jws", Merge.Over(usual, own), sign, CancellationToken.None);
    }

    public async Task<string> VoteWithdrawalAsync(string withdrawal, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var state = await StateAsync(withdrawal, cancellation);
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["withdrawalId"] = state.Id,
            ["intentDigest"] = state.IntentDigest ?? throw new ScenarioException($"'{withdrawal}' has no intent; it is {state.Status} ({state.Reason})"),
            ["attempt"] = state.Attempt,
            ["approverId"] = who,
            ["deviceId"] = world.People.Device(who) ?? throw new ScenarioException($"'{who}' is no approver"),
            ["reason"] = "Not what was agreed after all.",
        });
        return await SignAsync(who, "custody-approval-withdrawal+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public async Task<string> ReinstatementAsync(string approver, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var device = world.People.Device(approver) ?? throw new ScenarioException($"'{approver}' is no approver");
        var suspension = (await StopLines.ReadAsync(world.Storage, cancellation)).SuspensionOf(approver, device)
            ?? throw new ScenarioException($"'{approver}/{device}' is not suspended");
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["approverId"] = approver,
            ["deviceId"] = device,
            ["suspensionSequence"] = suspension.Sequence,
            ["operatorId"] = who,
            ["reason"] = "The device was looked at.",
        });
        return await SignAsync(who, "custody-reinstatement+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public async Task<string> VideoAsync(string withdrawal, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var state = await StateAsync(withdrawal, cancellation);
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["withdrawalId"] = state.Id,
            ["intentDigest"] = state.IntentDigest,
            ["attempt"] = state.Attempt,
            ["reference"] = "recording 7",
            ["operatorId"] = who,
        });
        return await SignAsync(who, "custody-video-confirmation+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public Task<string> DrillAsync(string withdrawal, string mismatch, string who, JsonObject? own, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject { ["version"] = 1, ["withdrawalId"] = world.Id(withdrawal), ["mismatch"] = mismatch, ["operatorId"] = who });
        return SignAsync(who, "custody-drill+jws", Merge.Over(usual, own), sign, cancellation);
    }

    public Task<string> AnswerAsync(string decision, string who, JsonObject shown, SignOptions? sign, CancellationToken cancellation)
    {
        var usual = Timed(new JsonObject
        {
            ["version"] = 1,
            ["attempt"] = 1,
            ["decision"] = decision,
            ["approverId"] = who,
            ["deviceId"] = world.People.Device(who) ?? throw new ScenarioException($"'{who}' is no approver"),
        });
        return SignAsync(who, "custody-approval+jws", Merge.Over(usual, shown), sign, cancellation);
    }

    private async Task<long> FreezeLineAsync(string scope, CancellationToken cancellation)
    {
        var stops = await StopLines.ReadAsync(world.Storage, cancellation);
        return stops.FreezesInForce.TryGetValue(scope, out var freeze) ? freeze.Sequence : throw new ScenarioException($"'{scope}' is not frozen");
    }

    private async Task<WithdrawalState> StateAsync(string withdrawal, CancellationToken cancellation) =>
        (await world.Storage.Custody.Withdrawals.LoadAsync(world.Id(withdrawal), cancellation))?.State
        ?? throw new ScenarioException($"the withdrawal '{withdrawal}' was not accepted");

    private JsonObject Timed(JsonObject statement)
    {
        statement["signedAt"] = At(TimeSpan.Zero);
        statement["expiresAt"] = At(TimeSpan.FromHours(3));
        return statement;
    }

    private string At(TimeSpan ahead) => (world.Now + ahead).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private Task<string> SignAsync(string who, string type, JsonObject statement, SignOptions? sign, CancellationToken cancellation) =>
        JwsMaker.MakeAsync(world.People.Signer(sign?.By ?? who), type, CanonicalJson.Canonicalize(statement), world.Now, detached: false, sign, cancellation);
}
