using Custody.Functions.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Custody.Functions.Roles;

/// <summary>What the sender answers. It gets ids, never bytes.</summary>
public static class SenderEndpoints
{
    /// <summary>Maps the sender's calls.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var sender = routes.ServiceProvider.GetRequiredService<ISender>();
        routes.MapPost(RoleCalls.Certify, http => RoleEndpoint.AnswerAsync<SignedMessage>(
            http, async (m, stop) => RoleAnswers.Of(await sender.CertifyAsync(new SignedId(m.WithdrawalId, m.Attempt, m.Sighash), stop))));
        routes.MapPost(RoleCalls.Send, http => RoleEndpoint.AnswerAsync<SignedMessage>(
            http, async (m, stop) => RoleAnswers.Of(await sender.SendAsync(new SignedId(m.WithdrawalId, m.Attempt, m.Sighash), stop))));
        routes.MapPost(RoleCalls.CertifyFill, http => RoleEndpoint.AnswerAsync<IdMessage>(http, async (m, stop) => RoleAnswers.Of(await sender.CertifyOrderedAsync(m.Id, stop))));
        routes.MapPost(RoleCalls.SendFill, http => RoleEndpoint.AnswerAsync<IdMessage>(http, async (m, stop) => RoleAnswers.Of(await sender.SendOrderedAsync(m.Id, stop))));
    }
}
