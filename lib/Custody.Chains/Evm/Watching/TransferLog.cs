using System.Globalization;
using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>
/// ERC-20's <c>Transfer(address indexed from, address indexed to, uint256 value)</c>. It is what says that a token moved: a
/// contract may return nothing, or false, and a receipt's status says only that the call did not revert.
/// </summary>
public sealed record TransferLog(EvmAddress From, EvmAddress To, BigInteger Value)
{
    /// <summary>Keccak-256 of the event's signature.</summary>
    public const string Topic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

    /// <summary>Where the payer stands among the topics.</summary>
    public const int PayerAt = 1;

    /// <summary>Where the payee stands among them.</summary>
    public const int PayeeAt = 2;

    private const string AddressPadding = "0x000000000000000000000000";

    /// <summary>The transfers of a token in a receipt's logs. A log with the event's topic in another form is null: it is not one that we can read.</summary>
    public static IReadOnlyList<TransferLog?> Of(EvmAddress token, IEnumerable<EvmLog> logs) =>
        [.. logs.Where(l => l.Address == token && l.Topics.Count > 0 && l.Topics[0] == Topic).Select(Read)];

    /// <summary>An account as an indexed topic.</summary>
    public static string TopicOf(EvmAddress account) => AddressPadding + account.ToString()[2..].ToLowerInvariant();

    /// <summary>A log of any contract as a transfer; null where it is none that we can read.</summary>
    public static TransferLog? Of(EvmLog log) => log.Topics.Count > 0 && log.Topics[0] == Topic ? Read(log) : null;

    private static TransferLog? Read(EvmLog log) =>
        log.Topics is [_, var from, var to] && Address(from) is { } payer && Address(to) is { } payee && log.Data.Length == 66
            ? new TransferLog(payer, payee, BigInteger.Parse($"0{log.Data.AsSpan(2)}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            : null;

    private static EvmAddress? Address(string topic) =>
        topic.StartsWith(AddressPadding, StringComparison.Ordinal) && topic.Length == 66 ? new EvmAddress(Convert.FromHexString(topic.AsSpan(26))) : null;
}
