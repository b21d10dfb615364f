namespace Custody.Scenarios.Scripts;

/// <summary>Gives the values that <c>{{name}}</c> stands for.</summary>
internal interface IVariables
{
    /// <summary>The value; throws <see cref="ScenarioException"/> when there is no such variable.</summary>
    Task<string> ValueAsync(string name, CancellationToken cancellation);
}
