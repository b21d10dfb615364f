using System.Text.Json;

namespace Custody.LocalStack.State;

/// <summary>The one folder that holds everything the stack keeps. One stack at a time has it open.</summary>
internal sealed class StateFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly FileStream _lock;

    private StateFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public string Home => Of("home");

    public string SoftHsmConfiguration => Of("softhsm", "softhsm2.conf");

    /// <summary>Opens or makes the folder. Another stack that has it open is a failure, and so is a folder that is something else.</summary>
    public static StateFolder Open(string path)
    {
        if (Directory.Exists(path) && !File.Exists(LockOf(path)) && Directory.EnumerateFileSystemEntries(path).Any(e => System.IO.Path.GetFileName(e) != "logs"))
        {
            throw new StackFailure($"'{path}' holds something else than a local stack: choose another folder with --state.");
        }

        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, OwnerOnly);
        try
        {
            return new StateFolder(path, new FileStream(LockOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new StackFailure($"Another ./run has '{path}' open: stop it, or choose another folder with --state.");
        }
    }

    /// <summary>A path in the folder.</summary>
    public string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>A folder in the folder, made when it is not there.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Of(name), OwnerOnly).FullName;

    /// <summary>The log of a part.</summary>
    public string Log(string part) => System.IO.Path.Combine(Folder("logs"), part + ".log");

    /// <summary>What is known of the system kept here; null when none is.</summary>
    public StackRecord? ReadRecord() => File.Exists(RecordPath) ? JsonSerializer.Deserialize<StackRecord>(File.ReadAllBytes(RecordPath), Json) : null;

    /// <summary>Writes it whole, readable by its owner only: it holds the storage keys.</summary>
    public void Write(StackRecord record) => WriteText("stack.json", JsonSerializer.Serialize(record, Json));

    /// <summary>Writes a file whole, readable by its owner only.</summary>
    public void WriteText(string name, string text)
    {
        var part = Of(name + ".part");
        File.Delete(part);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(part, options))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(text);
        }

        File.Move(part, Of(name), overwrite: true);
    }

    /// <summary>Forgets everything but the logs and the lock.</summary>
    public void Clear()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path).Where(d => System.IO.Path.GetFileName(d) != "logs"))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(Path).Where(f => f != LockOf(Path)))
        {
            File.Delete(file);
        }
    }

    public void Dispose() => _lock.Dispose();

    private string RecordPath => Of("stack.json");

    private static string LockOf(string path) => System.IO.Path.Combine(path, "lock");
}
