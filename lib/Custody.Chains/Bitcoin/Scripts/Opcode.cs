namespace Custody.Chains.Bitcoin;

/// <summary>The opcodes of the standard forms.</summary>
internal static class Opcode
{
    public const byte Zero = 0x00;
    public const byte One = 0x51;
    public const byte Sixteen = 0x60;
    public const byte Return = 0x6a;
    public const byte Dup = 0x76;
    public const byte Equal = 0x87;
    public const byte EqualVerify = 0x88;
    public const byte Hash160 = 0xa9;
    public const byte CheckSig = 0xac;
}
