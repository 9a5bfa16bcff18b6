namespace Wfm.Scheduling.Scoring;

/// <summary>What shifts cover, in the units of <see cref="CoverageCosts"/>.</summary>
/// <param name="Scheduled">Minutes of work × percent of proficiency: group × stride + interval.</param>
/// <param name="People">Minutes of work × 100, whoever works: people at work rather than heads of demand. In a search kept up only for the groups of
/// <see cref="CoverageCosts.CountsPeople"/>, where the two differ and it matters.</param>
/// <param name="Seated">Minutes × 100 of everybody who works in an interval, a part of it counted as all of it: seats taken, by interval.</param>
internal sealed record Covered(double[] Scheduled, double[] People, double[] Seated)
{
    public Covered(CoverageCosts costs)
        : this(new double[costs.Groups * costs.Stride], new double[costs.Groups * costs.Stride], new double[costs.Stride])
    {
    }

    /// <summary>Takes over what others cover.</summary>
    public void Take(Covered other)
    {
        other.Scheduled.CopyTo(Scheduled, 0);
        other.People.CopyTo(People, 0);
        other.Seated.CopyTo(Seated, 0);
    }
}
