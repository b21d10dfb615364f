using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Functions.Governance;
using Custody.Functions.Roles;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Custody.Functions.Http;

/// <summary>Turns what stops an HTTP call on the way into problem details. Bugs stay exceptions: the host logs them and answers 500.</summary>
public sealed class ProblemMiddleware : IFunctionsWorkerMiddleware
{
    /// <inheritdoc />
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.FunctionDefinition.InputBindings.Values.Any(b => b.Type == "httpTrigger") ? AnswerAsync(context, next) : next(context);

    private static async Task AnswerAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (GovernanceRefusedException refused)
        {
            await Problems.Of(refused.Code, "Governance in force does not verify; nothing can be authorised.").ExecuteAsync(context.GetHttpContext()!);
        }
        catch (JournalBrokenException)
        {
            await Problems.Of(RefusalCode.JournalBroken, "A journal does not verify; nothing can be authorised.").ExecuteAsync(context.GetHttpContext()!);
        }
        catch (FactRefusedException refused)
        {
            await Problems.Of(refused.Code, "The signer does not see the signatures for it that were seen here.").ExecuteAsync(context.GetHttpContext()!);
        }
        catch (RoleUnavailableException away)
        {
            await Problems.Of(RefusalCode.RoleUnavailable, away.Message).ExecuteAsync(context.GetHttpContext()!);
        }
    }
}
