using Custody.Core.Withdrawals;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>A test against the shared system.</summary>
public abstract class ApiTest(SharedSystem shared) : IAsyncLifetime
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected RunningSystem System { get; private set; } = null!;

    protected ApiClient Api => System.Api;

    public async ValueTask InitializeAsync() => System = await shared.GetAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A request id that no other test has.</summary>
    protected static string NewRequestId() => Guid.NewGuid().ToString("N");

    /// <summary>A new withdrawal that waits for approvals.</summary>
    protected Task<string> AwaitingApprovalAsync(string client = "exchange-a") => System.AwaitingApprovalAsync(client);

    /// <summary>A withdrawal as the store has it.</summary>
    protected async Task<WithdrawalCase> FileAsync(string id) => (await System.Storage.Withdrawals.LoadAsync(id, Cancellation))!;
}
