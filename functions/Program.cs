using Custody.Functions.Composition;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.AddCustody();
    var app = builder.Build();
    await app.Services.GetRequiredService<StartupChecks>().RunAsync(CancellationToken.None);
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception refusal) when (refusal is SettingsException or StartRefusedException)
{
    await Console.Error.WriteLineAsync($"The custody app does not start:{Environment.NewLine}{refusal.Message}");
    return 1;
}
