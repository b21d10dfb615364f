using System.Security.Cryptography;
using Custody.Comparison.Bitcoin;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Bitcoin;

/// <summary>A spend of the vault's coins, to be varied with <c>with</c>.</summary>
internal sealed record SpendDraft
{
    public const long Payment = 150_000;
    public const uint Replaceable = 0xfffffffd;
    public const string Recipient = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
    public static readonly TestKey Vault = TestKey.Funded;
    public static readonly RegisteredKey Key = RegisteredKey.Of(Vault.PublicKey)!;
    public static readonly byte[] Own = Key.Script.ToArray();
    public static readonly byte[] RecipientScript = Convert.FromHexString("0014751e76e8199196d454941c45d1b3a323f1433bd6");
    public static readonly PreviousDraft First = new([1, 100_000], Own);
    public static readonly PreviousDraft Second = new([60_000], Own, Number: 1, HasWitness: false);

    public uint Version { get; init; } = 2;

    public (byte[] Hash, uint Index, long Amount)[] Inputs { get; init; } = [(First.Hash, 1, 100_000), (Second.Hash, 0, 60_000)];

    public uint Sequence { get; init; } = Replaceable;

    public byte[] ScriptSig { get; init; } = [];

    public (long Amount, byte[] Script)[] Outputs { get; init; } = [(Payment, RecipientScript), (8_000, Own)];

    public uint LockTime { get; init; } = 800_000;

    public byte[] MarkerAndFlag { get; init; } = [0, 1];

    public byte HashType { get; init; } = 1;

    public bool HighS { get; init; }

    public TestKey Signer { get; init; } = Vault;

    // What the witness of the first input has besides.
    public byte[][] More { get; init; } = [];

    // The digests as the signer is made to believe the amounts.
    public long Believed { get; init; }

    public byte[] Unsigned() => [.. WireWriter.Four(Version), .. Body(), .. WireWriter.Four(LockTime)];

    public byte[] Signed() => SignedWith([.. Inputs.Select((_, i) => Witness(i))]);

    public byte[] SignedWith(byte[][] witnesses) =>
        [.. WireWriter.Four(Version), .. MarkerAndFlag, .. Body(), .. witnesses.SelectMany(w => w), .. WireWriter.Four(LockTime)];

    public byte[] Witness(int input)
    {
        var (r, s, _) = Signer.Sign(Digest(input), HighS);
        return WireWriter.List([WireWriter.Text([.. Der(r, s), HashType]), WireWriter.Text(Compressed(Signer)), .. (input == 0 ? More : []).Select(WireWriter.Text)]);
    }

    public byte[] Digest(int input)
    {
        var (hash, index, amount) = Inputs[input];
        return Twice(
        [
            .. WireWriter.Four(Version),
            .. Twice([.. Inputs.SelectMany(i => (byte[])[.. i.Hash, .. WireWriter.Four(i.Index)])]),
            .. Twice([.. Inputs.SelectMany(_ => WireWriter.Four(Sequence))]),
            .. hash, .. WireWriter.Four(index),
            0x19, 0x76, 0xa9, 0x14, .. RegisteredKey.Of(Signer.PublicKey)!.Script.Span[2..], 0x88, 0xac,
            .. WireWriter.Eight(Believed == 0 ? amount : Believed),
            .. WireWriter.Four(Sequence),
            .. Twice([.. Outputs.SelectMany(Output)]),
            .. WireWriter.Four(LockTime),
            .. WireWriter.Four(HashType),
        ]);
    }

    public static byte[] Der(byte[] r, byte[] s)
    {
        var (first, second) = (Integer(r), Integer(s));
        return [0x30, (byte)(first.Length + second.Length), .. first, .. second];
    }

    public static byte[] Compressed(TestKey key) => [(byte)(2 + (key.PublicKey[^1] & 1)), .. key.PublicKey.AsSpan(1, 32)];

    private static byte[] Integer(byte[] value)
    {
        byte[] digits = [.. value.SkipWhile(b => b == 0)];
        digits = digits is [] or [>= 0x80, ..] ? [0, .. digits] : digits;
        return [2, (byte)digits.Length, .. digits];
    }

    private static byte[] Output((long Amount, byte[] Script) output) => [.. WireWriter.Eight(output.Amount), .. WireWriter.Text(output.Script)];

    private static byte[] Twice(byte[] data) => SHA256.HashData(SHA256.HashData(data));

    private byte[] Body() =>
    [
        .. WireWriter.List(Inputs.Select(i => (byte[])[.. i.Hash, .. WireWriter.Four(i.Index), .. WireWriter.Text(ScriptSig), .. WireWriter.Four(Sequence)])),
        .. WireWriter.List(Outputs.Select(Output)),
    ];
}
