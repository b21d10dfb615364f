using System.Text;
using Custody.Testing;

namespace Custody.Scenarios.Systems;

/// <summary>The app's own copy of its SoftHSM tokens, which can be taken away while it runs and given back.</summary>
internal sealed class TokenStore
{
    private readonly TemporaryFolder _folder;

    /// <summary>Copies the tokens with these labels out of the run's store.</summary>
    public TokenStore(TemporaryFolder folder, IReadOnlyCollection<string> labels)
    {
        _folder = folder;
        Directory.CreateDirectory(Tokens);
        Directory.CreateDirectory(Away);
        var store = Path.Combine(Path.GetDirectoryName(SoftHsm.ConfigurationPath)!, "tokens");
        foreach (var token in Directory.EnumerateDirectories(store).Where(t => labels.Any(l => IsLabelled(t, l))))
        {
            Folders.Replace(token, Path.Combine(Tokens, Path.GetFileName(token)));
        }

        File.WriteAllText(ConfigurationPath, $"directories.tokendir = {Tokens}\nobjectstore.backend = file\nlog.level = ERROR\n");
    }

    /// <summary>For the app's SOFTHSM2_CONF.</summary>
    public string ConfigurationPath => _folder.Of("softhsm2.conf");

    private string Tokens => _folder.Of("tokens");

    private string Away => _folder.Of("tokens-away");

    /// <summary>Takes every token away, as when the device is unplugged.</summary>
    public void TakeAway() => Move(Tokens, Away);

    /// <summary>Puts them back as they were.</summary>
    public void PutBack() => Move(Away, Tokens);

    private static void Move(string from, string to)
    {
        foreach (var token in Directory.GetDirectories(from))
        {
            Directory.Move(token, Path.Combine(to, Path.GetFileName(token)));
        }
    }

    // Another template's token may be in the making: what cannot be read yet is none of this one's.
    private static bool IsLabelled(string token, string label)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(token, "token.object")).AsSpan().IndexOf(Encoding.ASCII.GetBytes(label)) >= 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
