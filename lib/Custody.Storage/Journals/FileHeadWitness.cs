using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Storage;
using Custody.Storage.Access;

namespace Custody.Storage.Journals;

/// <summary>
/// A witness in a folder, one small file for each journal, replaced by a rename so that a crash leaves the old one or the
/// new one. Processes of one machine may share the folder: a lock file keeps them from setting it back.
/// </summary>
public sealed class FileHeadWitness : IRestorableWitness
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);
    private const int MostLockTries = 2000;

    private readonly string _folder;
    private readonly SemaphoreSlim _lock = new(1, 1);

    /// <summary>A witness in a folder, which is made when it is not there.</summary>
    public FileHeadWitness(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <inheritdoc />
    public Task<JournalHead?> ReadAsync(string journal, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Read(journal));
    }

    /// <summary>Witnesses a head; never goes back. Throws <see cref="JournalBrokenException"/> for another line where one was witnessed.</summary>
    public async Task AdvanceAsync(string journal, JournalHead head, CancellationToken cancellation)
    {
        await _lock.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var otherProcesses = await LockFileAsync(journal, cancellation).ConfigureAwait(false);
            var known = Read(journal);
            if (known is not null && known.Sequence == head.Sequence && known.Hash != head.Hash)
            {
                throw new JournalBrokenException($"The journal '{journal}' has another line {head.Sequence} than the one that was witnessed.");
            }

            if (known is null || known.Sequence < head.Sequence)
            {
                Write(journal, head);
            }
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <inheritdoc />
    public async Task AcceptAsync(string journal, JournalHead? known, JournalHead accepted, CancellationToken cancellation)
    {
        await _lock.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var otherProcesses = await LockFileAsync(journal, cancellation).ConfigureAwait(false);
            var witnessed = Read(journal);
            if (witnessed == accepted)
            {
                return;
            }

            if (witnessed != known)
            {
                throw new JournalBrokenException($"The witness of '{journal}' knows line {witnessed?.Sequence}, and the restore is about line {known?.Sequence}.");
            }

            Write(journal, accepted);
        }
        finally
        {
            _lock.Release();
        }
    }

    // The operating system frees it when its process ends, however that ends.
    private async Task<FileStream> LockFileAsync(string journal, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_folder);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(PathOf(journal) + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < MostLockTries)
            {
                await Task.Delay(LockPause, TimeProvider.System, cancellation).ConfigureAwait(false);
            }
        }
    }

    private JournalHead? Read(string journal)
    {
        var path = PathOf(journal);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var witnessed = CanonicalJson.Deserialize<Witnessed>(File.ReadAllBytes(path));
            return witnessed.Version == 1 && witnessed.Journal == journal
                ? new JournalHead(witnessed.Sequence, witnessed.Hash)
                : throw new JournalBrokenException($"The witness {path} is of '{witnessed.Journal}', not of '{journal}'.");
        }
        catch (JsonException damaged)
        {
            // A damaged witness is not an absent one: absent is what a new journal has.
            throw new JournalBrokenException($"The witness {path} cannot be read: {damaged.Message}");
        }
    }

    private void Write(string journal, JournalHead head)
    {
        var path = PathOf(journal);
        var next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(CanonicalJson.Serialize(new Witnessed(1, journal, head.Sequence, head.Hash)));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private string PathOf(string journal) => Path.Combine(_folder, KeyText.Encode(journal) + ".head");

    private sealed record Witnessed(int Version, string Journal, long Sequence, string Hash);
}
