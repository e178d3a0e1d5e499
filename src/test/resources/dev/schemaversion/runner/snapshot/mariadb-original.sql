create table parent (id int unsigned not null auto_increment primary key, code varchar(40) not null, unique key u_code (code(10) , id)) engine=InnoDB comment='it''s';
create table child (
  id bigint not null auto_increment, parent_id int unsigned not null, `we``ird "na'me.x` varchar(20) character set utf8mb4 collate utf8mb4_bin default 'a''b\\c\nd' comment 'c\'om\nment, x',
  e enum('a,b','c''d','x)') not null default 'a,b', s set('1','2'),
  ts timestamp not null default current_timestamp() on update current_timestamp(),
  ts2 timestamp null default '2020-01-01 00:00:00', dt datetime(3) default current_timestamp(3),
  amount decimal(10,2) unsigned zerofill default 1.5, g int as (amount * 2) virtual, g2 varchar(50) as (concat(e, ', ', e)) stored, u char(36) default uuid(), ex int default (1 + 2 * 3), 
  hid int invisible default 4, j json, b bit(3) default b'101', bl blob compressed, f float check (f > 0 and f < 1e10), vec point not null, body text,
  c1 varchar(10) default (_utf8mb4'x' collate utf8mb4_bin) , c2 varchar(10) default concat('a', "b"), yy year default 2020, boo boolean not null default true,
  primary key (id, parent_id), unique key uu (e, s), key k1 (amount desc, ts), key `k,2` (`we``ird "na'me.x`(5)) comment 'no, (really', key k3 (dt) ignored, key k4 using hash (ts2),
  fulltext key ft (body), spatial key sp (vec), 
  constraint c_1 check (e in ('a,b', 'c''d') and `g` between 1 and 10 or not s like '%\_%' escape '\\'), constraint `ch``k` check (length(`we``ird "na'me.x`) > 1),
  constraint fk_1 foreign key (parent_id) references parent (id) on delete cascade on update restrict
) engine=InnoDB default charset=latin1 row_format=compressed key_block_size=8;
create table r (a int not null, d date not null, primary key (a, d)) partition by range (year(d)) subpartition by hash (a) subpartitions 2 (partition p0 values less than (1990) comment 'old', partition `p 1` values less than maxvalue);
create table l (a varchar(10)) partition by list columns (a) (partition p0 values in ('a,b', 'c)'), partition p1 values in (null));
create table h (a int) partition by hash (a) partitions 4;
create table ky (a int primary key) partition by key () partitions 2;
create table sv (a int, rs timestamp(6) generated always as row start, re timestamp(6) generated always as row end, period for system_time (rs, re), b int without system versioning) with system versioning;
create table sv2 (a int) with system versioning partition by system_time limit 100 (partition p0 history, partition pc current);
create table pe (s date, e date, id int, period for p (s, e), primary key (id, p without overlaps));
create table my (a int) engine=MyISAM;
create table ar (a int) engine=Aria;
create sequence sq start with 5 increment by 3 cache 10 cycle;
create table us (id bigint default nextval(sq) primary key);
create view v1 as select id, code, concat(code, 'x') cc, 1 + 2 * (3 + id) n, case when id in (1,2,3) then 'a' else "b" end k from parent where code like 'a%' and not (id is null) order by code limit 5;
create algorithm=merge sql security invoker view v2 as select p.id, c.e from parent p left join child c on c.parent_id = p.id and c.id between 1 and 9 where p.code <> _latin1'é';
create view v5 as select id, code from parent where id > 3 with cascaded check option;
create view v6 as select id, code from parent where id > 3 with local check option;
create algorithm=temptable view v3 (x, y) as with t as (select count(*) n, max(id) m from parent group by code having count(*) > 1) select n, m from t union all select 1, 2;
create view v4 as select v1.id, date_add(now(), interval 1 day) d, cast(v1.code as char(3)) c, row_number() over (partition by v1.id order by v1.code desc) rn, exists (select 1 from child where child.parent_id = v1.id) ex from v1;
create trigger tr1 before insert on parent for each row begin set new.code = upper(new.code); end;
create trigger tr2 before insert on parent for each row follows tr1 set new.code = trim(new.code);
create trigger tr0 before insert on parent for each row precedes tr2 set new.code = trim(new.code);
create procedure pr (in a int, out b varchar(20), inout `c c` decimal(5,2)) reads sql data sql security invoker comment 'hi' begin declare x int; /* c */ select 'é🦆' into b; end;
create function fn (a varchar(10) charset utf8mb4, b enum('x','y')) returns varchar(20) charset latin1 deterministic no sql return concat(a, b);
create aggregate function ag (x int) returns int begin declare t int default 0; declare continue handler for not found return t; loop fetch group next row; set t = t + x; end loop; end;
create event ev1 on schedule every 1 day starts '2030-01-01 03:00:00' on completion preserve comment 'e' do delete from parent where id = 0;
create event ev2 on schedule every '1:30' hour_minute disable do begin select 1; end;
create event ev3 on schedule at current_timestamp + interval 1 year do select 1
