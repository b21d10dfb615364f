using Custody.Functions.Composition;
using Custody.TestHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The app as functions/Program.cs composes it, with doubles in front of its clock, its vaults, its assembler and its store. Which double
// does what is read from a file that only this program knows: no setting of the app selects one.
if (args is not [var controlsFile, var controlPort, .. var hostArguments])
{
    await Console.Error.WriteLineAsync("Usage: Custody.TestHost CONTROLS-FILE CONTROL-PORT [host arguments]");
    return 2;
}

try
{
    var doubles = new Doubles(controlsFile);
    var durable = new DurableControl();
    var builder = FunctionsApplication.CreateBuilder(hostArguments);
    builder.Services.AddSingleton<TimeProvider>(doubles.Clock);
    builder.Services.AddSingleton(durable);
    builder.AddCustody();
    builder.Services.PutInFrontOfVaults(doubles);
    builder.Services.PutInFrontOfAssembler(doubles);
    builder.Services.PutInFrontOfStore(doubles);
    builder.Services.AddSingleton(WrongAnswers.Of(doubles.Now.SelfTest));
    var app = builder.Build();
    await app.Services.GetRequiredService<StartupChecks>().RunAsync(CancellationToken.None);
    await using var control = new ControlServer(int.Parse(controlPort, System.Globalization.CultureInfo.InvariantCulture), doubles, durable);
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception refusal) when (refusal is SettingsException or StartRefusedException)
{
    await Console.Error.WriteLineAsync($"The custody app does not start:{Environment.NewLine}{refusal.Message}");
    return 1;
}
