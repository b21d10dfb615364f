using System.Text.Json;

namespace Custody.TestHost;

/// <summary>The doubles' behaviour as the controls file has it; read at the start and again whenever the runner says so.</summary>
public sealed class Doubles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly string _file;
    private volatile Controls _controls = new();

    public Doubles(string file)
    {
        _file = file;
        Reload();
    }

    public MovableClock Clock { get; } = new();

    public Controls Now => _controls;

    public void Reload()
    {
        _controls = JsonSerializer.Deserialize<Controls>(File.ReadAllText(_file), Json)!;
        Clock.MoveTo(TimeSpan.FromSeconds(_controls.ClockOffsetSeconds));
    }
}
