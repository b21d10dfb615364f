using System.Text.Json;
using Custody.LocalStack.State;

namespace Custody.LocalStack.Parts;

/// <summary>Sets the custody system up with <c>custody init --local</c>: keys inside SoftHSM tokens, governance, whitelist, journals.</summary>
internal sealed class SystemSetup(StateFolder state, StackOptions options, CustodyCommand custody)
{
    /// <summary>Where SoftHSM keeps its tokens: in the state folder, and nowhere else.</summary>
    public void WriteSoftHsmConfiguration()
    {
        state.Folder("softhsm");
        state.Folder(Path.Combine("softhsm", "tokens"));
        state.WriteText(Path.Combine("softhsm", "softhsm2.conf"), $"""
            directories.tokendir = {state.Of("softhsm", "tokens")}
            objectstore.backend = file
            log.level = ERROR

            """);
    }

    /// <summary>Sets it up and returns the vault's address.</summary>
    public async Task<string> RunAsync(Accounts accounts, CancellationToken cancellation)
    {
        JsonElement made = await custody.RunAsync(
            [
                "init", "--local", "--node", options.NodeUrl, "--module", options.Module,
                "--pipeline-storage", accounts.Pipeline, "--journal-storage", accounts.Journals,
            ],
            cancellation);
        return made.GetProperty("vaults")[0].GetProperty("address").GetString()!;
    }
}
