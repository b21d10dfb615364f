using Custody.Chains.Bitcoin;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>Bitcoin Core's tx_valid and tx_invalid, as far as they apply without a script interpreter.</summary>
public sealed class TransactionVectorTests
{
    private const string BadTransaction = "BADTX";

    public static IEnumerable<TheoryDataRow<string, string>> Valid => Rows("core-tx-valid.json");

    public static IEnumerable<TheoryDataRow<string, string>> Invalid => Rows("core-tx-invalid.json");

    [Theory]
    [MemberData(nameof(Valid))]
    public void Parse_CoreValidTransaction_SerialisesToItselfAndIsSane(string hex, string flags)
    {
        var transaction = Read(hex);

        Assert.Equal(hex, Convert.ToHexStringLower(transaction.Serialize()));
        Assert.Null(TransactionSanity.Problem(transaction));
        Assert.DoesNotContain(BadTransaction, flags, StringComparison.Ordinal);
    }

    // Those that fail by their scripts alone parse; those that no script could save are refused.
    [Theory]
    [MemberData(nameof(Invalid))]
    public void Problem_CoreInvalidTransaction_IsFoundWhereScriptsHaveNoPart(string hex, string flags)
    {
        var transaction = Read(hex);

        Assert.Equal(hex, Convert.ToHexStringLower(transaction.Serialize()));
        Assert.Equal(flags == BadTransaction, TransactionSanity.Problem(transaction) is not null);
    }

    private static BitcoinTransaction Read(string hex) =>
        Assert.IsType<TransactionReading.Read>(TransactionParser.Parse(Convert.FromHexString(hex))).Transaction;

    private static IEnumerable<TheoryDataRow<string, string>> Rows(string file) => VectorFile.Read(file).EnumerateArray()
        .Where(row => row.GetArrayLength() == 3)
        .Select(row => new TheoryDataRow<string, string>(row[1].GetString()!.ToLowerInvariant(), row[2].GetString()!));
}
