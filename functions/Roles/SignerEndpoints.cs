using Custody.Core.Alerts;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Functions.Alerts;
using Custody.Functions.Telemetry;
using Custody.Vaults.Journals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Custody.Functions.Roles;

/// <summary>What the signer answers. It gets ids and lines, never a digest to sign.</summary>
public static class SignerEndpoints
{
    /// <summary>Maps the signer's calls.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (gate, fills) = (services.GetRequiredService<ISigningGate>(), services.GetRequiredService<IUpkeepGate>());
        var (duress, door) = (services.GetRequiredService<IDuressWatch>(), services.GetRequiredService<JournalDoor>());
        var (alerts, time) = (services.GetRequiredService<AlertDesk>(), services.GetRequiredService<TimeProvider>());

        routes.MapPost(RoleCalls.Sign, http => RoleEndpoint.AnswerAsync<IdMessage>(http, async (m, stop) => RoleAnswers.Of(await gate.SignAsync(m.Id, stop))));
        routes.MapPost(RoleCalls.Ready, http => RoleEndpoint.AnswerAsync<IdMessage>(http, async (m, stop) => RoleAnswers.Of(await gate.ReadyAsync(m.Id, stop))));
        routes.MapPost(RoleCalls.Fill, http => RoleEndpoint.AnswerAsync<IdMessage>(http, async (m, stop) => RoleAnswers.Of(await fills.SignOrderedAsync(m.Id, stop))));
        routes.MapPost(RoleCalls.FillReady, http => RoleEndpoint.AnswerAsync<IdMessage>(http, async (m, stop) => RoleAnswers.Of(await fills.OrderReadyAsync(m.Id, stop))));
        routes.MapPost(RoleCalls.LookAtVotes, http => RoleEndpoint.DoAsync<IdMessage>(http, (m, stop) => duress.LookAtVotesAsync(m.Id, stop)));
        routes.MapPost(RoleCalls.LookAtEntry, http => RoleEndpoint.DoAsync<IdMessage>(http, (m, stop) => duress.LookAtEntryAsync(m.Id, stop)));
        routes.MapPost(RoleCalls.LookAtDrills, http => RoleEndpoint.DoAsync<IdMessage>(http, (_, stop) => duress.LookAtDrillsAsync(stop)));
        routes.MapPost(RoleCalls.Append, http => RoleEndpoint.AnswerAsync<AppendMessage>(http, async (m, stop) => await AppendAsync(http, m, door, alerts, time, stop)));
        routes.MapPost(RoleCalls.Close, http => RoleEndpoint.AnswerAsync<CloseMessage>(
            http, async (m, stop) => RoleAnswers.Of(await door.CloseAsync(m.VaultId, m.Head, m.Id, m.UpTo, stop))));
    }

    private static async Task<AnswerMessage> AppendAsync(
        HttpContext http, AppendMessage message, JournalDoor door, AlertDesk alerts, TimeProvider time, CancellationToken cancellation)
    {
        var caller = RoleEndpoint.CallerOf(http);
        // What the sender finds stops a vault and an attempt, and nothing else is its to say.
        AppendAnswer answer = caller == CustodyRole.Sender && message.Fact.Kind is not (StopKind.Frozen or StopKind.AttemptBurnt)
            ? new AppendAnswer.Refused(Core.Results.RefusalCode.RoleNotAllowed, $"The sender may not say '{message.Fact.Kind}'.")
            : await door.AppendAsync(message.Head, message.Fact, cancellation);
        Measures.Verdict("append", answer.GetType().Name, (answer as AppendAnswer.Refused)?.Code.ToString());
        if (answer is AppendAnswer.Refused refused)
        {
            // An honest role verified the same before it asked. Once a day for each line.
            await alerts.RaiseAsync(
                AlertCode.FactUnproven, $"{RoleCertificates.Text(caller)} {message.Fact.Kind}", $"{message.Fact.Subject}: {refused.Detail}", cancellation,
                $"{DomainDigest.Hex("custody/role-fact/v1", CanonicalJson.Serialize(message.Fact))[..16]}-{time.GetUtcNow():yyyyMMdd}");
        }

        return RoleAnswers.Of(answer);
    }
}
