using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Functions.Governance;
using Custody.Functions.Restoring;
using Custody.Functions.Roles;
using Custody.Storage;

namespace Custody.Functions.Composition;

/// <summary>
/// What must hold before the app takes a single request: known answers calculated right, journals whole and not rolled back,
/// governance signed under the pinned root and in force, and what this process's role holds. Otherwise the start is refused.
/// </summary>
public sealed class StartupChecks(
    CustodyStorage storage, CustodySettings settings, GovernanceSource governance, GovernanceWitness witness, SelfTests selfTests, IEnumerable<IStartCheck> checks,
    RestoreDesk? restore = null)
{
    /// <summary>Runs the checks. Throws <see cref="StartRefusedException"/> with every reason.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (selfTests.Problems() is { Count: > 0 } miscalculated)
        {
            throw new StartRefusedException(miscalculated);
        }

        await EnsureCreatedAsync(cancellation);
        await (restore?.RunAsync(cancellation) ?? Task.CompletedTask);
        switch (await governance.ReadAsync(cancellation))
        {
            case GovernanceSnapshot.Refused refused:
                throw new StartRefusedException([$"{refused.Code.Text()}: {refused.Detail}"]);
            case GovernanceSnapshot.InForce { Governed: var governed }:
                var problems = new List<string>();
                foreach (var check in checks)
                {
                    problems.AddRange(await check.ProblemsAsync(governed, cancellation));
                }

                if (problems.Count > 0)
                {
                    throw new StartRefusedException(problems);
                }

                await RememberAsync(governed, cancellation);
                break;
            default:
                throw new StartRefusedException(["Governance could not be read."]);
        }
    }

    private async Task RememberAsync(Governed governed, CancellationToken cancellation)
    {
        try
        {
            await witness.RememberAsync(governed, cancellation);
        }
        catch (JournalBrokenException broken)
        {
            throw new StartRefusedException([$"{RefusalCode.GovernanceInvalid.Text()}: {broken.Message}"]);
        }
    }

    // Each account's tables and containers are made by the role that may write it.
    private Task EnsureCreatedAsync(CancellationToken cancellation) => settings.Role switch
    {
        CustodyRole.All => storage.EnsureCreatedAsync(cancellation),
        CustodyRole.Pipeline => storage.EnsurePipelineCreatedAsync(cancellation),
        CustodyRole.Signer => storage.EnsureJournalsCreatedAsync(cancellation),
        _ => Task.CompletedTask,
    };
}
