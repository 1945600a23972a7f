-- Scores every passage that the filters leave by meaning and by words, folds passages into hits,
-- ranks the hits both ways and fuses the ranks (the formulas: service/retrieve/fusion.py).
--
-- A claim is a hit; the windows of its block go into the block's nearest claim, and the windows of
-- a block without one are one hit. `+ 0` keeps any neighbour index out: the scan is exact, so a
-- filter never leaves fewer rows than exist. {filters} are fixed fragments of service/db/search.py.
WITH eligible AS MATERIALIZED (
    SELECT p.id, p.source_id, p.kind, p.claim_id, p.block, p.length
    FROM app.passage p
    JOIN app.source s ON s.workspace_id = p.workspace_id AND s.id = p.source_id
    LEFT JOIN app.claim c ON c.workspace_id = p.workspace_id AND c.id = p.claim_id
    WHERE p.workspace_id = :workspace_id {filters}
),
meaning AS (
    SELECT e.id, 1 - ((v.embedding <=> CAST(:vector AS halfvec)) + 0) AS similarity
    FROM eligible e
    JOIN app.vector v
        ON v.workspace_id = :workspace_id AND v.passage_id = e.id AND v.model = :model
),
corpus AS (
    SELECT CAST(count(*) AS double precision) AS passages,
        CAST(coalesce(avg(length), 1) AS double precision) AS mean_length
    FROM app.passage WHERE workspace_id = :workspace_id
),
posted AS (
    SELECT passage_id, term, tf + :head_weight * head_tf AS tf,
        count(*) OVER (PARTITION BY term) AS df
    FROM app.posting WHERE workspace_id = :workspace_id AND term = ANY(:terms)
),
asked AS (
    SELECT term, ln(1 + (n.passages - coalesce(d.df, 0) + 0.5) / (coalesce(d.df, 0) + 0.5)) AS idf
    FROM unnest(CAST(:terms AS text[])) AS question (term)
    LEFT JOIN (SELECT DISTINCT term, df FROM posted) d USING (term)
    CROSS JOIN corpus n
),
words AS (
    SELECT e.id, sum(a.idf) AS covered,
        sum(a.idf * o.tf * (:k1 + 1)
            / (o.tf + :k1 * (1 - :b + :b * e.length / n.mean_length))) AS bm25
    FROM eligible e
    JOIN posted o ON o.passage_id = e.id
    JOIN asked a USING (term)
    CROSS JOIN corpus n
    GROUP BY e.id
),
folded AS (
    SELECT e.*, m.similarity, w.bm25, w.covered,
        coalesce(e.claim_id, first_value(e.claim_id) OVER (
            PARTITION BY e.source_id, e.block
            ORDER BY (e.kind = 'claim') DESC, m.similarity DESC NULLS LAST,
                w.bm25 DESC NULLS LAST, e.id
        )) AS hit_claim_id
    FROM eligible e LEFT JOIN meaning m ON m.id = e.id LEFT JOIN words w ON w.id = e.id
),
hits AS (
    SELECT source_id, hit_claim_id AS claim_id, max(similarity) AS similarity, max(bm25) AS bm25,
        max(covered) AS covered,
        (array_agg(id ORDER BY similarity DESC NULLS LAST, bm25 DESC NULLS LAST, id))[1]
            AS passage_id
    FROM folded
    GROUP BY source_id, block, hit_claim_id
),
placed AS (
    SELECT *,
        CASE WHEN bm25 IS NULL THEN count(bm25) OVER () + 1
            ELSE row_number() OVER (ORDER BY bm25 DESC NULLS LAST, passage_id) END AS by_words,
        CASE WHEN similarity IS NULL THEN count(similarity) OVER () + 1
            ELSE row_number() OVER (ORDER BY similarity DESC NULLS LAST, passage_id)
            END AS by_meaning
    FROM hits
)
SELECT source_id, claim_id, passage_id, similarity,
    coalesce(covered / nullif((SELECT sum(idf) FROM asked), 0), 0) AS coverage,
    :words_weight / (:rrf_k + by_words) + :meaning_weight / (:rrf_k + by_meaning) AS score
FROM placed
ORDER BY score DESC, by_meaning, by_words, passage_id
LIMIT :limit OFFSET :offset
