using Custody.Core.Results;
using Custody.Functions.Sending;

namespace Custody.Functions.Roles;

/// <summary>The sender in its own process. One that is away, or whose answer is malformed, is Unknown: whether bytes left only the chain tells.</summary>
public sealed class RemoteSender(RoleClient sender) : ISender
{
    /// <inheritdoc />
    public Task<CertifyOutcome> CertifyAsync(SignedId id, CancellationToken cancellation) =>
        AskAsync(RoleCalls.Certify, new SignedMessage(1, id.WithdrawalId, id.Attempt, id.Sighash), RoleAnswers.Certify, Silence, cancellation);

    /// <inheritdoc />
    public Task<SendOutcome> SendAsync(SignedId id, CancellationToken cancellation) =>
        AskAsync(RoleCalls.Send, new SignedMessage(1, id.WithdrawalId, id.Attempt, id.Sighash), RoleAnswers.Send, NotKnown, cancellation);

    /// <inheritdoc />
    public Task<CertifyOutcome> CertifyOrderedAsync(string id, CancellationToken cancellation) =>
        AskAsync(RoleCalls.CertifyFill, new IdMessage(1, id), RoleAnswers.Certify, Silence, cancellation);

    /// <inheritdoc />
    public Task<SendOutcome> SendOrderedAsync(string id, CancellationToken cancellation) =>
        AskAsync(RoleCalls.SendFill, new IdMessage(1, id), RoleAnswers.Send, NotKnown, cancellation);

    private async Task<TAnswer> AskAsync<T, TAnswer>(
        string call, T message, Func<AnswerMessage, TAnswer> read, Func<string, TAnswer> silence, CancellationToken cancellation)
    {
        try
        {
            return await sender.CallAsync(call, message, read, cancellation);
        }
        catch (RoleUnavailableException away)
        {
            return silence(away.Message);
        }
    }

    private static CertifyOutcome Silence(string detail) => new CertifyOutcome.Unknown(RefusalCode.RoleUnavailable, detail);

    private static SendOutcome NotKnown(string detail) => new SendOutcome.Unknown(RefusalCode.RoleUnavailable, detail);
}
