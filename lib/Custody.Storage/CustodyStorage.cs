using Custody.Storage.Access;
using Custody.Storage.Alerts;
using Custody.Storage.Audit;
using Custody.Storage.Authenticators;
using Custody.Storage.Deposits;
using Custody.Storage.Facts;
using Custody.Storage.Journals;
using Custody.Storage.Ledger;
using Custody.Storage.Maintenance;
using Custody.Storage.Nonces;
using Custody.Storage.Prices;
using Custody.Storage.Signing;
using Custody.Storage.Tokens;
using Custody.Storage.Transactions;
using Custody.Storage.Watching;
using Custody.Storage.Whitelisting;
using Custody.Storage.Withdrawals;

namespace Custody.Storage;

/// <summary>
/// Every store over two accounts. Nothing is created or read until it is asked for; <see cref="EnsureCreatedAsync"/> makes
/// the tables and containers, and only the journals' own CreateAsync makes a journal.
/// </summary>
public sealed class CustodyStorage
{
    private readonly StorageClients _journalAccount;

    /// <summary>Makes the stores.</summary>
    public CustodyStorage(CustodyStorageOptions options)
        : this(options, JournalFormat.LinesInASegment)
    {
    }

    internal CustodyStorage(CustodyStorageOptions options, int linesInASegment)
    {
        var pipeline = new StorageClients(options.Pipeline, options.NamePrefix, options.Policies);
        _journalAccount = new StorageClients(options.Journals, options.NamePrefix, options.Policies);
        Withdrawals = new TableWithdrawalStore(pipeline, options.Time);
        Audit = new TableAuditTrail(pipeline, options.Time);
        Alerts = new TableAlertOutbox(options.Alerts is { } alerts ? new StorageClients(alerts, options.NamePrefix, options.Policies) : pipeline);
        Facts = new FactStore(pipeline);
        Nonces = new TableNonceStore(pipeline);
        Reservations = new TableReservationStore(pipeline);
        Prices = new TablePriceStore(pipeline);
        Transactions = new TableTransactionIndex(pipeline);
        TokenUses = new TableTokenUseStore(pipeline);
        AuthenticatorCounters = new TableAuthenticatorCounterStore(pipeline);
        Watch = new TableWatchStore(pipeline);
        Whitelist = new TableWhitelistStore(pipeline, options.Time);
        Upkeep = new TableUpkeepStore(pipeline);
        Deposits = new TableDepositStore(pipeline);
        SignedTransactions = new SignedTransactionStore(_journalAccount);
        StopJournal = new StopJournal(_journalAccount, options.Witness, options.TrustRoot, options.Time, linesInASegment);
        SigningJournals = new SigningJournals(_journalAccount, options.Witness, options.TrustRoot, options.Time, linesInASegment);
    }

    /// <summary>Withdrawal files.</summary>
    public TableWithdrawalStore Withdrawals { get; }

    /// <summary>Audit chains of what is not a withdrawal.</summary>
    public TableAuditTrail Audit { get; }

    /// <summary>Alerts.</summary>
    public TableAlertOutbox Alerts { get; }

    /// <summary>Signed facts.</summary>
    public FactStore Facts { get; }

    /// <summary>Nonces.</summary>
    public TableNonceStore Nonces { get; }

    /// <summary>Velocity windows and vault holds.</summary>
    public TableReservationStore Reservations { get; }

    /// <summary>Signed prices.</summary>
    public TablePriceStore Prices { get; }

    /// <summary>Which withdrawal a transaction is of.</summary>
    public TableTransactionIndex Transactions { get; }

    /// <summary>Used call tokens.</summary>
    public TableTokenUseStore TokenUses { get; }

    /// <summary>The counters of WebAuthn credentials.</summary>
    public TableAuthenticatorCounterStore AuthenticatorCounters { get; }

    /// <summary>What the chains' watchers remember.</summary>
    public TableWatchStore Watch { get; }

    /// <summary>Whitelist entries' files.</summary>
    public TableWhitelistStore Whitelist { get; }

    /// <summary>What operators ordered for the upkeep of vaults.</summary>
    public TableUpkeepStore Upkeep { get; }

    /// <summary>Deposits.</summary>
    public TableDepositStore Deposits { get; }

    /// <summary>What the gate signed; in the journals' account.</summary>
    public SignedTransactionStore SignedTransactions { get; }

    /// <summary>The stop journal; in the journals' account.</summary>
    public StopJournal StopJournal { get; }

    /// <summary>The signing journals; in the journals' account.</summary>
    public SigningJournals SigningJournals { get; }

    /// <summary>Makes every table and container that is not there: for init and start, not for each call.</summary>
    public Task EnsureCreatedAsync(CancellationToken cancellation) => Task.WhenAll(EnsurePipelineCreatedAsync(cancellation), EnsureJournalsCreatedAsync(cancellation));

    /// <summary>Makes what is not there of the journals' account, for the role that may write it.</summary>
    public Task EnsureJournalsCreatedAsync(CancellationToken cancellation) => Task.WhenAll(
        SignedTransactions.CreateContainerAsync(cancellation),
        _journalAccount.Container(JournalFormat.Container).CreateIfNotExistsAsync(cancellationToken: cancellation));

    /// <summary>
    /// Whether this process's identity may write the journals' account. It tries to append to a version of the stop journal that there
    /// never is: who has no right is told so, and whoever has it is told that the version is another one. Nothing is written.
    /// </summary>
    public Task<bool> MayWriteJournalsAsync(CancellationToken cancellation) =>
        JournalRights.MayAppendAsync(_journalAccount.Container(JournalFormat.Container), cancellation);

    /// <summary>Makes every table and container of the pipeline's account that is not there, for the role that may write it.</summary>
    public Task EnsurePipelineCreatedAsync(CancellationToken cancellation) => Task.WhenAll(
        Withdrawals.CreateTablesAsync(cancellation),
        Audit.CreateTablesAsync(cancellation),
        Alerts.CreateTablesAsync(cancellation),
        Facts.CreateContainerAsync(cancellation),
        Nonces.CreateTablesAsync(cancellation),
        Reservations.CreateTablesAsync(cancellation),
        Prices.CreateTablesAsync(cancellation),
        Transactions.CreateTablesAsync(cancellation),
        TokenUses.CreateTablesAsync(cancellation),
        AuthenticatorCounters.CreateTablesAsync(cancellation),
        Watch.CreateTablesAsync(cancellation),
        Whitelist.CreateTablesAsync(cancellation),
        Upkeep.CreateTablesAsync(cancellation),
        Deposits.CreateTablesAsync(cancellation));
}
