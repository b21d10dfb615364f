namespace Custody.Core.Customers;

/// <summary>The customer's class under the SFC's conduct requirements. The default value is no class and matches no rule that names one.</summary>
public enum CustomerClass
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>A retail investor.</summary>
    Retail,

    /// <summary>A professional investor.</summary>
    Professional,
}
