using Custody.Core.Journals;
using Custody.Vaults.Journals;

namespace Custody.Functions.Roles;

/// <summary>The signing journals of a role that may only read them. Of their lines it can have the signer append those that close, and no other.</summary>
public sealed class RemoteSigningJournal(ISigningJournal readable, RoleClient signer) : ISigningJournal
{
    /// <inheritdoc />
    public Task<JournalReading<SigningView>> ReadAsync(string vaultId, CancellationToken cancellation) => readable.ReadAsync(vaultId, cancellation);

    /// <summary>As the interface says, for closing lines. Throws <see cref="InvalidOperationException"/> for any other: they are the gate's.</summary>
    public async Task<JournalReading<SigningView>> AppendAsync(
        string vaultId, Func<JournalReading<SigningView>, SigningFact?> decide, CancellationToken cancellation)
    {
        while (true)
        {
            var reading = await readable.ReadAsync(vaultId, cancellation);
            if (decide(reading) is not { } fact)
            {
                return reading;
            }

            if (!fact.IsClosing)
            {
                throw new InvalidOperationException("Lines that let something be signed are the gate's alone.");
            }

            switch (await signer.CallAsync(RoleCalls.Close, new CloseMessage(1, vaultId, reading.Head, fact.WithdrawalId, fact.Attempt), RoleAnswers.Append, cancellation))
            {
                case AppendAnswer.Appended:
                    return await readable.ReadAsync(vaultId, cancellation);
                case AppendAnswer.Refused refused:
                    throw new FactRefusedException(refused.Code, refused.Detail);
            }
        }
    }
}
