using Custody.Bench;
using Custody.Bench.Bitcoin;
using Custody.Bench.Compare;
using Custody.Bench.Engine;
using Custody.Bench.Pipeline;
using Custody.Bench.Policy;
using Custody.Bench.Signing;

IBenchmark[] all = [new EngineBenchmark(), new PipelineBenchmark(), new WaitingBenchmark(), new PolicyBenchmark(), new ApprovalsBenchmark(), new BitcoinBenchmark(), new CompareBenchmark(), new GateBenchmark(), new SignStageBenchmark(), new Pkcs11Benchmark()];
var unknown = args.Where(name => all.All(bench => bench.Name != name)).ToList();
if (unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"Unknown: {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Select(bench => bench.Name))}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
foreach (var bench in all.Where(bench => args.Length == 0 || args.Contains(bench.Name)))
{
    await bench.RunAsync(Console.Out, stop.Token);
}

return 0;
