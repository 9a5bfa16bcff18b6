namespace Wfm.Forecasting.Models;

/// <summary>The exponential smoothing methods that have names of their own, as members of the family <see cref="Ets"/>.</summary>
/// <remarks>
/// Which member stands for which method is as in R: <c>ses</c>, <c>holt</c>, <c>hw</c>. Source: Hyndman &amp; Athanasopoulos, <i>Forecasting: Principles and
/// Practice</i>, 3rd ed., ch. 8.
/// </remarks>
public static class ExponentialSmoothing
{
    /// <summary>Simple exponential smoothing, ETS(A,N,N): a level.</summary>
    /// <param name="refineStates">Whether starting states are estimated too.</param>
    public static Ets Simple(bool refineStates = false) => Member(EtsComponent.Additive, EtsComponent.None, EtsComponent.None, refineStates);

    /// <summary>Holt's method, ETS(A,A,N): a level and a trend.</summary>
    /// <param name="refineStates">Whether starting states are estimated too.</param>
    public static Ets Holt(bool refineStates = false) => Member(EtsComponent.Additive, EtsComponent.Additive, EtsComponent.None, refineStates);

    /// <summary>Gardner and McKenzie's damped trend, ETS(A,Ad,N).</summary>
    /// <param name="refineStates">Whether starting states are estimated too.</param>
    public static Ets DampedHolt(bool refineStates = false) =>
        new(new EtsForm(EtsComponent.Additive, EtsComponent.Additive, EtsComponent.None, Damped: true), refineStates);

    /// <summary>Holt and Winters' method with seasons added, ETS(A,A,A); without a season up to 24, Holt's.</summary>
    /// <param name="refineStates">Whether starting states are estimated too.</param>
    public static Ets HoltWintersAdditive(bool refineStates = false) =>
        Member(EtsComponent.Additive, EtsComponent.Additive, EtsComponent.Additive, refineStates);

    /// <summary>Holt and Winters' method with seasons multiplied, ETS(M,A,M); the additive one where an observation is not above zero.</summary>
    /// <param name="refineStates">Whether starting states are estimated too.</param>
    public static Ets HoltWintersMultiplicative(bool refineStates = false) =>
        Member(EtsComponent.Multiplicative, EtsComponent.Additive, EtsComponent.Multiplicative, refineStates);

    private static Ets Member(EtsComponent error, EtsComponent trend, EtsComponent season, bool refineStates) =>
        new(new EtsForm(error, trend, season), refineStates);
}
