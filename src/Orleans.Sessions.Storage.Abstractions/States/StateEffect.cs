namespace Orleans.Sessions.States;

/// <summary>Something that the write of a state changes in other tables, in the same transaction.</summary>
public abstract record StateEffect;
