using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Testing;

namespace Custody.Scenarios.Systems;

/// <summary>The app as a process of its own: the test host, which composes the real app with doubles in front of its parts.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(120);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly string _controlsFile;
    private readonly int _port;
    private readonly int _controlPort;
    private readonly StringBuilder _earlier = new();
    private readonly Dictionary<string, JsonNode?> _controls = new(StringComparer.Ordinal);
    private ChildProcess? _process;

    public AppProcess(TemporaryFolder folder, Dictionary<string, string> settings)
    {
        Settings = settings;
        var ports = FreePort.Take(2);
        (_port, _controlPort) = (ports[0], ports[1]);
        Url = new Uri($"http://127.0.0.1:{_port}/");
        Settings["Custody__Api__PublicUrl"] = Url.ToString();
        _controlsFile = folder.Of("controls.json");
        WriteControls();
    }

    public Uri Url { get; }

    /// <summary>The settings of the next start.</summary>
    public Dictionary<string, string> Settings { get; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Everything that every start of the app printed.</summary>
    public string Output => _earlier + (_process?.Output ?? "");

    /// <summary>Starts the app and waits until it answers; fails with what it printed when it does not.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        Launch();
        await _process!.WaitUntilAsync(() => IsHealthyAsync(cancellation), LongestStart);
    }

    /// <summary>Starts the app, which must end by itself with a failure; returns what this start printed.</summary>
    public async Task<string> StartRefusedAsync(CancellationToken cancellation)
    {
        Launch();
        for (var waited = Stopwatch.StartNew(); !_process!.HasExited; await Task.Delay(50, cancellation))
        {
            if (await IsHealthyAsync(cancellation) || waited.Elapsed > LongestStart)
            {
                throw new ScenarioException("the app should have refused to start, and did not");
            }
        }

        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode != 0 ? _process.Output : throw new ScenarioException("the app ended with exit code 0, as if it had not refused to start");
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process?.Kill();

    /// <summary>Waits for an end that something else causes.</summary>
    public Task WaitForEndAsync(CancellationToken cancellation) => _process?.WaitForExitAsync(cancellation) ?? Task.CompletedTask;

    public Task StopAsync() => _process?.StopAsync() ?? Task.CompletedTask;

    /// <summary>Changes what a double does, now when the app runs, and for every later start.</summary>
    public async Task ControlAsync(string name, JsonNode value, CancellationToken cancellation)
    {
        _controls[name] = value;
        WriteControls();
        if (IsRunning)
        {
            await OrderAsync(new { action = "reload" }, cancellation);
        }
    }

    /// <summary>Gives the test host an order.</summary>
    public async Task OrderAsync(object order, CancellationToken cancellation)
    {
        using var reply = await Http.PostAsJsonAsync($"http://127.0.0.1:{_controlPort}/", order, cancellation);
        if (!reply.IsSuccessStatusCode)
        {
            throw new ScenarioException($"the test host refused: {await reply.Content.ReadAsStringAsync(cancellation)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.DisposeAsync();
        }
    }

    private void Launch()
    {
        if (_process is not null)
        {
            if (IsRunning)
            {
                throw new ScenarioException("the app runs already");
            }

            _earlier.Append(_process.Output).Append("\n--- started again ---\n");
        }

        // An app here lives for seconds: what compiles hot methods again (by default from their 30th call on; the number is
        // hexadecimal) costs more of its time than it ever saves.
        _process = ChildProcess.Start(
            "the app",
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Custody.TestHost.dll"), _controlsFile, $"{_controlPort}", "--port", $"{_port}"],
            new Dictionary<string, string>(Settings) { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_CallCountThreshold"] = "800", ["DOTNET_gcServer"] = "0" });
    }

    private void WriteControls() => File.WriteAllText(_controlsFile, JsonSerializer.Serialize(_controls));

    private async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        try
        {
            using var reply = await Http.GetAsync(new Uri(Url, "api/v1/health"), cancellation);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
