namespace Custody.Chains.Tests.Bitcoin;

/// <summary>A few random edits.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var edit = random.Next(1, 4); edit > 0 && bytes.Count > 0; edit--)
        {
            // Most of the structure is at the beginning.
            var at = random.Next(2) == 0 ? random.Next(bytes.Count) : random.Next(Math.Min(64, bytes.Count));
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)random.Next(1, 256);
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(0xfc, 0x100);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(4));
                    break;
                default:
                    bytes.RemoveAt(at);
                    break;
            }
        }

        return [.. bytes];
    }
}
