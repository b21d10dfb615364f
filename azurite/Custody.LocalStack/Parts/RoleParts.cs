using Custody.LocalStack.Processes;
using Custody.LocalStack.State;

namespace Custody.LocalStack.Parts;

/// <summary>The signer and the sender as processes of their own.</summary>
internal static class RoleParts
{
    /// <summary>New certificates, storage rights and settings for each role, as <c>custody roles</c> makes them.</summary>
    public static Task DivideAsync(CustodyCommand custody, StackOptions options, Accounts accounts, CancellationToken cancellation) => custody.RunAsync(
        ["roles", "--signer", options.SignerUrl, "--sender", options.SenderUrl, "--pipeline-storage", accounts.Pipeline, "--journal-storage", accounts.Journals],
        cancellation);

    /// <summary>Starts one. It listens only once all that it checks at its start holds.</summary>
    public static Task<Child> StartAsync(
        string role, int port, ChildLedger ledger, StateFolder state, StackOptions options, Accounts accounts, TimeProvider time, CancellationToken cancellation) => Child.StartAsync(
        ledger,
        new ChildPlan($"The {role}", "dotnet", [Repository.App], AppSettings.Read(role, state, options, accounts), Path.GetDirectoryName(Repository.App)!, state.Log(role)),
        stop => Ports.AcceptsAsync(port, stop),
        time,
        cancellation);
}
