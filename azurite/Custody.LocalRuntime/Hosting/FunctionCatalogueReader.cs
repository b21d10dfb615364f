using Custody.LocalRuntime.Hosting.Binding;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Http;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Settings;
using Custody.LocalRuntime.Hosting.Timers;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting;

/// <summary>Reads the app's functions; everything that is wrong with any of them is a problem.</summary>
internal sealed class FunctionCatalogueReader(HostSettings host, SettingReferences settings, DateTime now, StartProblems problems)
{
    private readonly List<HttpRoute> _routes = [];
    private readonly List<HttpFunction> _http = [];
    private readonly List<TimerFunction> _timers = [];
    private readonly List<Function> _orchestrators = [];
    private readonly List<Function> _activities = [];

    public FunctionCatalogue Read(FunctionSources sources)
    {
        foreach (var method in FunctionFinder.Find(sources, problems).OrderBy(method => method.Name, StringComparer.OrdinalIgnoreCase))
        {
            Add(method);
        }

        HttpRouteRules.CheckClashes(_routes, problems);
        return new FunctionCatalogue(_http, _timers, _orchestrators, _activities);
    }

    private void Add(FunctionMethod method)
    {
        switch (method.Kind)
        {
            case TriggerKind.Http:
                AddHttp(method, (HttpTriggerAttribute)method.Trigger);
                break;
            case TriggerKind.Timer:
                AddTimer(method);
                break;
            case TriggerKind.Orchestration:
                Add(_orchestrators, method);
                break;
            default:
                Add(_activities, method);
                break;
        }
    }

    private void AddHttp(FunctionMethod method, HttpTriggerAttribute trigger)
    {
        if (trigger.AuthLevel != AuthorizationLevel.Anonymous)
        {
            problems.Add($"{method.Label}: host keys (AuthorizationLevel.{trigger.AuthLevel}) are not checked here; use Anonymous and authenticate the caller.");
        }

        var template = trigger.Route is { } written ? settings.Resolve(written, method.Label) : method.Name;
        if (!SettingReferences.Unresolved(template) && HttpRoute.Read(method, template, host.RoutePrefix, problems) is { } route)
        {
            _routes.Add(route);
            if (ParameterBinding.Bind(method, route, problems) is { } function)
            {
                _http.Add(new HttpFunction(route, function));
            }
        }
    }

    private void AddTimer(FunctionMethod method)
    {
        var schedule = TimerFunction.Read(method, settings, now, problems);
        if (ParameterBinding.Bind(method, null, problems) is { } function && schedule is not null)
        {
            _timers.Add(new TimerFunction(function, schedule));
        }
    }

    private void Add(List<Function> functions, FunctionMethod method)
    {
        if (ParameterBinding.Bind(method, null, problems) is { } function)
        {
            functions.Add(function);
        }
    }
}
