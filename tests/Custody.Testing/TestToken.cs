using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Custody.Testing;

/// <summary>Real token contracts on a real node: OpenZeppelin's own build from npm, and two that EIP-20 does not describe (Tokens/OddTokens.sol).</summary>
public sealed class TestToken
{
    // The last of the accounts that anvil funds and signs for.
    private const string Deployer = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

    private TestToken(string kind, string contract) => (Kind, Contract) = (kind, contract);

    /// <summary>The kinds there are, with the decimals that their contracts say.</summary>
    public static IReadOnlyDictionary<string, int> Kinds { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal) { ["openZeppelin"] = 18, ["noReturn"] = 6, ["keepsFee"] = 6 };

    /// <summary>The kind.</summary>
    public string Kind { get; }

    /// <summary>The contract's address, in lower case.</summary>
    public string Contract { get; }

    /// <summary>Deploys a token whose whole supply is <paramref name="owner"/>'s, and waits until it is mined.</summary>
    public static async Task<TestToken> DeployAsync(AnvilNode node, string kind, BigInteger supply, string owner)
    {
        var data = await CreationAsync(kind) + Arguments(kind, supply, owner);
        var sent = (await node.CallAsync("eth_sendTransaction", new { from = Deployer, data, gas = "0x1e8480" })).GetString()!;
        for (var tries = 0; tries < 100; tries++)
        {
            await node.MineAsync();
            if (await node.CallAsync("eth_getTransactionReceipt", sent) is { ValueKind: JsonValueKind.Object } receipt)
            {
                return receipt.GetProperty("status").GetString() == "0x1"
                    ? new TestToken(kind, receipt.GetProperty("contractAddress").GetString()!.ToLowerInvariant())
                    : throw new InvalidOperationException($"The token {kind} was not deployed.");
            }
        }

        throw new InvalidOperationException($"The token {kind} was not mined.");
    }

    /// <summary>The contract's code.</summary>
    public async Task<byte[]> CodeAsync(AnvilNode node) => Convert.FromHexString((await node.CallAsync("eth_getCode", Contract, "latest")).GetString()![2..]);

    /// <summary>What an account holds in the newest block.</summary>
    public async Task<BigInteger> BalanceAsync(AnvilNode node, string account)
    {
        var word = await node.CallAsync("eth_call", new { to = Contract, data = $"0x70a08231{Word(account)}" }, "latest");
        return BigInteger.Parse("0" + word.GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static async Task<string> CreationAsync(string kind)
    {
        var (path, member) = kind switch
        {
            "openZeppelin" => (RepositoryRoot.Of("azurite", "node_modules", "@openzeppelin", "contracts", "build", "contracts", "ERC20PresetFixedSupply.json"), "bytecode"),
            "noReturn" => (RepositoryRoot.Of("tests", "Custody.Testing", "Tokens", "OddTokens.json"), "NoReturnToken"),
            "keepsFee" => (RepositoryRoot.Of("tests", "Custody.Testing", "Tokens", "OddTokens.json"), "FeeToken"),
            _ => throw new ArgumentException($"There is no token '{kind}'; there are {string.Join(", ", Kinds.Keys)}.", nameof(kind)),
        };
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        return json.RootElement.GetProperty(member).GetString()!;
    }

    // The ABI's form: of OpenZeppelin's two texts the places come first and the texts last.
    private static string Arguments(string kind, BigInteger supply, string owner) => kind == "openZeppelin"
        ? Word(128) + Word(192) + Word(supply) + Word(owner) + Text("Test token") + Text("TEST")
        : Word(supply) + Word(owner);

    private static string Word(BigInteger number) => number.ToString("x64", CultureInfo.InvariantCulture)[^64..];

    private static string Word(string address) => address[2..].ToLowerInvariant().PadLeft(64, '0');

    private static string Text(string text) => Word(text.Length) + Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(text)).PadRight(64, '0');
}
