"""Statistics of the random groups, validity, and properties of the second implementation."""
import json, random, sys, time
from collections import Counter
from decimal import Decimal as D
import second_size as s
from random_groups import groups
n=int(sys.argv[1]); seed=int(sys.argv[2]) if len(sys.argv)>2 else 1
c=Counter(); t=time.time()
for k,q in enumerate(groups(seed,n)):
    assert json.loads(json.dumps(q))==q
    sums={}
    pairs=[(l['owner'],l['owned']) for l in q.get('links',[])]
    assert len(set(pairs))==len(pairs) and all(a!=b for a,b in pairs)
    for l in q.get('links',[]):
        v=l.get('voting_pct'); cap=l.get('capital_pct',0)
        v=(0 if 'control' in l else cap) if v is None else v
        x=sums.setdefault(l['owned'],[D(0),D(0)]); x[0]+=D(str(cap)); x[1]+=D(str(v))
    assert all(max(x)<=100 for x in sums.values()),(k,sums)
    a=s.size(q)
    c[str(a['category'])]+=1; c['reason '+a['reason']]+=1
    if a['category'] is None: c['none by '+a['reason']]+=1
    p=a['parts']; 
    if any(0<x<100 for x in p.values()): c['has partner']+=1
    if any(x==100 for e,x in p.items() if e!='A'): c['has linked']+=1
    if any(x==0 for x in p.values()): c['has exempt']+=1
    if len(p)>1 and any('since' in l for l in q.get('links',[])): c['since']+=1
    if 'previous_category' in q: c['previous']+=1
    now=s.Group(q,q.get('links',[]))
    if a['parts'] and any(now.names[i] in p for i in now.covered()): c['consolidation used']+=1
    if 'acting_together' in q: c['together']+=1
    if len(a['totals'])>1 and s.at_once([a['totals'][0][f] for f in('headcount','turnover','balance')])!=a['category'] and a['category']: c['two years matter']+=1
    # does X matter: take it away and see whether the answer changes
    def without(f):
        z=json.loads(json.dumps(q)); f(z); return s.size(z)!=a
    if n<=2000:
        if 'acting_together' in q and without(lambda z:z.pop('acting_together')): c['together matters']+=1
        if any('markets' in e for e in q['enterprises'].values()) and without(lambda z:[e.pop('markets',0) for e in z['enterprises'].values()]): c['markets matter']+=1
        if any(l.get('involved_in_management') for l in q.get('links',[])) and without(lambda z:[l.pop('involved_in_management',0) for l in z['links']]): c['involved matters']+=1
        if without(lambda z:[l.pop('since',0) for l in z.get('links',[])]): c['since matters']+=1
        if without(lambda z:[e.pop('includes',0) for e in z['enterprises'].values()]): c['includes matter']+=1
        for sw in('PUBLIC_BODIES_LINK','PUBLIC_BODIES_JOINTLY'):
            setattr(s,sw,not getattr(s,sw)); c['switch '+sw+' matters']+=s.size(q)!=a; setattr(s,sw,not getattr(s,sw))
        # order of links and enterprises is of no matter
        z=json.loads(json.dumps(q)); r=random.Random(k); r.shuffle(z.get('links',[])); e=list(z['enterprises'].items()); r.shuffle(e); z['enterprises']=dict(e)
        assert s.size(z)==a,k
print(round(time.time()-t,1),'s'); 
for k,v in sorted(c.items()): print(f'{k:40}{v:7}{100*v/n:7.1f} %')
