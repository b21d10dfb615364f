using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Audit;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Withdrawals;

namespace Custody.Storage.Tests.Support;

public static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly ChainId Chain = ChainId.Parse("eip155:31337");
    public static readonly AssetId Ether = AssetId.Parse("eip155:31337/slip44:60");
    public static readonly EvmAddress Account = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

    public static string WithdrawalId(string name) => Core.Intents.WithdrawalId.Derive("exchange", name);

    public static WithdrawalState State(string id, DateTimeOffset? createdAt = null, string client = "exchange") => new(
        id, client, "customer", "request", new string('a', 64), Ether, BigInteger.Parse("115792089237316195423570985008687907853269984665640564039457584007913129639935"),
        "entry-1", WithdrawalStatus.Received, createdAt ?? Start, createdAt ?? Start, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    public static CaseChange First(string id, DateTimeOffset? createdAt = null, string client = "exchange") => new(
        State(id, createdAt, client), [Event("accepted")], [new CaseDocument(CaseDocuments.Request, "{\"request\":1}"u8.ToArray(), "header..signature")]);

    public static AuditEvent Event(string action) => new("validate", action, "exchange", "field-invalid", $"It was {action}: \"ü\" \u2028 <ok>.", new string('b', 64));

    public static SigningFact Signing(string withdrawalId, ulong nonce = 0, string? sighash = null) => new(
        withdrawalId, 1, IntentKind.Withdrawal, new string('c', 64), [SigningSlot.Nonce(Chain, Account, nonce)], sighash ?? new string('d', 64), Ether, Account.ToString(), 7);

    public static StopFact Frozen(string vault) => new(StopKind.Frozen, FreezeScope.Vault(vault), "because", Evidence: ["a.b.c"]);

    public static Reservation Reservation(string withdrawalId, int amount = 10, params ReservedWindow[] windows) =>
        new(withdrawalId, Ether, amount, 2, "vault-1", windows.Length > 0 ? windows : [Window(LimitScope.Destination, "0xd"), Window(LimitScope.Client, "exchange"), Window(LimitScope.Platform, "platform")]);

    public static ReservedWindow Window(LimitScope scope, string subject, int most = 1000, int seconds = 3600) =>
        new(new VelocityLimit(scope, Ether, seconds, most), subject);
}
