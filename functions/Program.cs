using Custody.Functions.Composition;
using Custody.Functions.Roles;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

try
{
    var environment = RoleHost.Environment();
    if (RoleHost.IsAskedFor(environment))
    {
        await using var role = RoleHost.Build(environment);
        await role.Services.GetRequiredService<StartupChecks>().RunAsync(CancellationToken.None);
        await role.RunAsync();
        return Environment.ExitCode;
    }

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
