using Custody.Cli;
using Custody.Cli.CommandLine;

return await CliProgram.RunAsync(args, CliEnvironment.OfProcess(), CancellationToken.None);
